package org.mailwright.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.dns.DnsException;
import org.mailwright.smtp.dns.MapDns;

class MxResolverTest {

    private final MapDns dns = new MapDns();
    private RelayConfig config = RelayConfig.DEFAULTS;

    private MxPlan begin(String hop) {
        return resolver().plan(NextHop.parse(hop, config.port()));
    }

    private MxResolver resolver() {
        return new MxResolver(dns, config, new Random(1));
    }

    private static String text(MxPlan.Step step) {
        return switch (step) {
            case MxPlan.Nowhere nowhere ->
                nowhere.reply().code() + " " + nowhere.reply().enhanced().orElseThrow();
            case MxPlan.Host host ->
                host.name() + ":" + host.port()
                        + host.addresses().stream()
                                .map(InetAddress::getHostAddress)
                                .toList();
        };
    }

    /** All hosts, or why there are none. */
    private String plan(String hop) throws Exception {
        return all(begin(hop));
    }

    private String proven(String hop) throws Exception {
        return all(resolver().way(NextHop.parse(hop, config.port())).plan(true));
    }

    private static String all(MxPlan plan) throws Exception {
        StringBuilder all = new StringBuilder();
        MxPlan.Step step = plan.next();
        while (step instanceof MxPlan.Host) {
            all.append(all.isEmpty() ? "" : " ").append(text(step));
            step = plan.next();
        }
        return all.isEmpty() ? text(step) : all.toString();
    }

    @Test
    void followsPreference() throws Exception {
        dns.mx("d.test", 20, "b.d.test").mx("d.test", 10, "a.d.test");
        dns.host("a.d.test", "1.0.0.1", "1.0.0.2", "2001:db8::1").host("b.d.test", "1.0.0.3");
        assertEquals("a.d.test:25[2001:db8:0:0:0:0:0:1, 1.0.0.1, 1.0.0.2] b.d.test:25[1.0.0.3]", plan("d.test"));
    }

    /** RFC 5321 section 5.1: the load is shared among hosts of equal preference. */
    @Test
    void shufflesHostsOfEqualPreference() throws Exception {
        dns.mx("d.test", 10, "a.d.test").mx("d.test", 10, "b.d.test").mx("d.test", 5, "first.d.test");
        dns.host("a.d.test", "1.0.0.1").host("b.d.test", "1.0.0.2").host("first.d.test", "1.0.0.3");
        MxResolver one = resolver();
        Map<String, Integer> orders = new TreeMap<>();
        for (int i = 0; i < 400; i++) {
            orders.merge(all(one.plan(NextHop.parse("d.test", 25))), 1, Integer::sum);
        }
        String first = "first.d.test:25[1.0.0.3] ";
        String a = "a.d.test:25[1.0.0.1]";
        String b = "b.d.test:25[1.0.0.2]";
        assertEquals(Set.of(first + a + " " + b, first + b + " " + a), orders.keySet());
        assertTrue(orders.values().stream().allMatch(times -> times > 120), orders.toString());
    }

    @Test
    void takesAddressesOnlyWhereThereAreNoExchangers() throws Exception {
        dns.host("plain.test", "1.0.0.1");
        assertEquals("plain.test:2525[1.0.0.1]", plan("plain.test:2525"));
        dns.mx("plain.test", 10, "gone.test");
        assertEquals("550 5.4.4", plan("plain.test"));
        assertEquals("plain.test:25[1.0.0.1]", plan("[plain.test]"));
    }

    @Test
    void namesTheHostThatHasNoAddress() throws Exception {
        dns.mx("one.test", 10, "gone.test").mx("two.test", 10, "gone.test").mx("two.test", 20, "lost.test");
        assertEquals("550 5.4.4 The host nowhere.test has no address to send to", reply("[nowhere.test]"));
        assertEquals("550 5.4.4 The host [127.0.0.1] has no address to send to", reply("[127.0.0.1]"));
        assertEquals("550 5.4.4 The host gone.test has no address to send to", reply("one.test"));
        assertEquals("550 5.4.4 No host of the domain has an address to send to", reply("two.test"));
    }

    private String reply(String hop) throws Exception {
        return begin(hop).next() instanceof MxPlan.Nowhere nowhere
                ? nowhere.reply().toString()
                : "";
    }

    @Test
    void tellsHostsThatAreProvenFromOthers() throws Exception {
        dns.mx("d.test", 10, "a.d.test").host("a.d.test", "1.0.0.1").mx("null.test", 0, "");
        dns.host("plain.test", "1.0.0.2").failing("slow.test", DnsException.Kind.TEMPORARY);
        assertEquals("550 5.7.10", proven("d.test"));
        assertEquals("556 5.1.10", proven("null.test"));
        assertEquals("451 4.4.3", proven("slow.test"));
        assertEquals("a.d.test:25[1.0.0.1]", plan("d.test"));
        // names that did not come out of the DNS
        assertEquals("plain.test:25[1.0.0.2]", proven("plain.test"));
        assertEquals("a.d.test:25[1.0.0.1]", proven("[a.d.test]"));
        assertEquals("[1.0.0.3]:25[1.0.0.3]", proven("[1.0.0.3]"));
        dns.signed("d.test");
        assertEquals("a.d.test:25[1.0.0.1]", proven("d.test"));
    }

    @Test
    void tellsFinalFromTransientFailures() throws Exception {
        dns.mx("null.test", 0, "").mx("half.test", 0, "slow.test");
        dns.failing("slow.test", DnsException.Kind.TEMPORARY).failing("loop.test", DnsException.Kind.BROKEN);
        assertEquals("556 5.1.10", plan("null.test"));
        assertEquals("550 5.1.2", plan("nosuch.test"));
        assertEquals("451 4.4.3", plan("slow.test"));
        assertEquals("451 4.4.3", plan("half.test"));
        assertEquals("451 4.4.3", plan("loop.test"));
    }

    @Test
    void neverSendsToItselfNorToWorseHosts() throws Exception {
        config = config.withOwn(Set.of("Us.test"), Set.of(new InetSocketAddress("1.0.0.9", 25)));
        dns.mx("d.test", 10, "a.test").mx("d.test", 20, "us.test").mx("d.test", 20, "b.test");
        dns.host("a.test", "1.0.0.1").host("b.test", "1.0.0.2").host("hidden.test", "1.0.0.9");
        assertEquals("a.test:25[1.0.0.1]", plan("d.test"));
        dns.mx("e.test", 10, "us.test").mx("e.test", 20, "a.test");
        assertEquals("554 5.4.6", plan("e.test"));
        dns.mx("f.test", 10, "a.test").mx("f.test", 10, "hidden.test").mx("f.test", 30, "b.test");
        assertEquals("554 5.4.6", plan("f.test"));
        assertEquals("554 5.4.6", plan("hidden.test"));
        assertEquals("554 5.4.6", plan("[1.0.0.9]"));
    }

    @Test
    void takesAnotherPortOfThisHostForAnotherServer() throws Exception {
        config = config.withPrivateAddresses(true)
                .withOwn(
                        Set.of("us.test"),
                        Set.of(new InetSocketAddress("0.0.0.0", 25), new InetSocketAddress("1.0.0.9", 587)));
        assertEquals("[127.0.0.1]:10026[127.0.0.1]", plan("[127.0.0.1]:10026"));
        assertEquals("554 5.4.6", plan("[127.0.0.1]"));
        assertEquals("554 5.4.6", plan("[127.3.2.1]:25"));
        assertEquals("554 5.4.6", plan("[IPv6:::1]"));
        assertEquals("554 5.4.6", plan("[1.0.0.9]:587"));
        assertEquals("[1.0.0.9]:588[1.0.0.9]", plan("[1.0.0.9]:588"));
        dns.mx("d.test", 10, "a.test").mx("d.test", 20, "near.test").mx("d.test", 30, "c.test");
        dns.host("a.test", "1.0.0.1").host("near.test", "127.0.0.1").host("c.test", "1.0.0.3");
        assertEquals("a.test:25[1.0.0.1]", plan("d.test"));
        assertEquals("a.test:2525[1.0.0.1] near.test:2525[127.0.0.1] c.test:2525[1.0.0.3]", plan("d.test:2525"));
        dns.mx("n.test", 10, "us.test").host("us.test", "1.0.0.9");
        assertEquals("554 5.4.6", plan("n.test"));
        assertEquals("554 5.4.6", plan("n.test:587"));
        assertEquals("us.test:10026[1.0.0.9]", plan("n.test:10026"));
    }

    @Test
    void readsLiteralsAndKeepsAwayFromPrivateAddresses() throws Exception {
        assertEquals("[1.2.3.4]:25[1.2.3.4]", plan("[1.2.3.4]"));
        assertEquals("[IPv6:2001:db8::1]:26[2001:db8:0:0:0:0:0:1]", plan("[IPv6:2001:db8::1]:26"));
        dns.host("near.test", "127.0.0.1", "10.1.1.1", "::1", "fe80::1", "fd00::1", "0.0.0.0", "100.64.0.1");
        assertEquals("550 5.4.4", plan("near.test"));
        assertEquals("550 5.4.4", plan("[127.0.0.1]"));
        config = config.withPrivateAddresses(true);
        assertEquals("[127.0.0.1]:25[127.0.0.1]", plan("[127.0.0.1]"));
        assertEquals("550 5.4.4", plan("[0.0.0.0]"));
    }

    @Test
    void looksAtABoundedNumberOfHosts() throws Exception {
        for (int i = 0; i < 50; i++) {
            dns.mx("many.test", i, "h" + i + ".test").host("h" + i + ".test", "1.1.1." + i, "1.1.2." + i, "1.1.3." + i);
        }
        assertEquals(40, plan("many.test").split("1\\.1\\.[123]\\.").length - 1);
    }

    @Test
    void looksHostsUpWhenTheirTurnHasCome() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 20; i++) {
            dns.mx("many.test", i, "h" + i + ".test").host("h" + i + ".test", "1.1.1." + i);
            if (i > 1) {
                dns.slow("h" + i + ".test", never);
            }
        }
        MxPlan plan = begin("many.test");
        assertEquals(List.of("MX many.test"), dns.asked());
        assertEquals("h0.test:25[1.1.1.0]", text(plan.next()));
        assertEquals("h1.test:25[1.1.1.1]", text(plan.next()));
        assertEquals(List.of("MX many.test", "A h0.test", "A h1.test"), dns.asked());
    }

    @Test
    void stopsAtAHostThatIsThisOne() throws Exception {
        config = config.withOwn(Set.of(), Set.of(new InetSocketAddress("1.0.0.9", 25)));
        dns.mx("d.test", 10, "a.test").mx("d.test", 20, "hidden.test").mx("d.test", 30, "b.test");
        dns.host("a.test", "1.0.0.1").host("hidden.test", "1.0.0.9").host("b.test", "1.0.0.2");
        MxPlan plan = begin("d.test");
        assertEquals("a.test:25[1.0.0.1]", text(plan.next()));
        assertEquals("554 5.4.6", text(plan.next()));
        assertFalse(dns.asked().contains("A b.test"));
    }

    @Test
    void doesNotWaitLongForAnEqualHostThatMayBeThisOne() throws Exception {
        config = config.withOwn(Set.of(), Set.of(new InetSocketAddress("1.0.0.9", 25)));
        CountDownLatch known = new CountDownLatch(1);
        dns.mx("d.test", 10, "a.test").mx("d.test", 10, "hidden.test").mx("d.test", 10, "b.test");
        dns.mx("d.test", 20, "c.test").host("c.test", "1.0.0.3");
        dns.host("a.test", "1.0.0.1").host("b.test", "1.0.0.2").host("hidden.test", "1.0.0.9");
        dns.slow("hidden.test", known);
        MxPlan plan = begin("d.test");
        String both = text(plan.next()) + text(plan.next());
        assertTrue(both.contains("a.test") && both.contains("b.test"), both);
        known.countDown();
        assertEquals("554 5.4.6", text(plan.next()));
    }

    @Test
    void saysThatThereMayBeMore() throws Exception {
        dns.mx("d.test", 10, "a.test").mx("d.test", 20, "lost.test").host("a.test", "1.0.0.1");
        dns.failing("lost.test", DnsException.Kind.TEMPORARY);
        MxPlan plan = begin("d.test");
        assertEquals("a.test:25[1.0.0.1]", text(plan.next()));
        assertEquals("451 4.4.3", text(plan.next()));
    }
}
