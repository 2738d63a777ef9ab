package org.mailwright.smtp.queue.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Origin;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Router;

class DomainRouterTest {

    private static final DomainRouter ROUTER = new DomainRouter(
            Map.of(
                    "routed.example", LaneName.parse("route>routed"),
                    ".routed.example", LaneName.parse("route>below"),
                    "b.routed.example", LaneName.parse("route>b"),
                    "b\u00fccher.example", LaneName.parse("route>books"),
                    "[192.0.2.1]", LaneName.parse("route>literal")),
            host -> host.toString().equals("local.example")
                    ? Optional.of(DomainRouter.to(LaneName.parse("local>box")))
                    : Optional.empty(),
            DomainRouter.to(LaneName.parse("local>postmaster")),
            domain -> new LaneName("relay", domain));

    private static Envelope envelope(String reversePath) {
        Origin origin = new Origin(
                "s",
                "mx",
                Role.MX,
                "mx.example",
                new InetSocketAddress(0),
                new Hello("client.example", true),
                Optional.empty(),
                Optional.empty());
        return new Envelope("id", ReversePath.parse(reversePath), List.of(), Attributes.EMPTY, origin);
    }

    @ParameterizedTest
    @CsvSource({
        "<u@routed.example>, route>routed",
        "<u@ROUTED.example>, route>routed",
        "<u@a.routed.example>, route>below",
        "<u@x.a.routed.example>, route>below",
        "<u@b.routed.example>, route>b",
        "<u@x.b.routed.example>, route>below",
        "<u@xn--bcher-kva.example>, route>books",
        "<u@[192.0.2.1]>, route>literal",
        "<u@[192.0.2.2]>, relay>[192.0.2.2]",
        "<u@local.example>, local>box",
        "<u@sub.local.example>, relay>sub.local.example",
        "<u@example.org>, relay>example.org",
        "<Postmaster>, local>postmaster",
    })
    void theLongestMatchCounts(String recipient, String lane) throws SmtpException, IOException {
        Recipient to = Recipient.of(ForwardPath.parse(recipient));
        List<Router.Route> routes = ROUTER.route(envelope("<a@b.example>"), to);
        assertEquals(List.of(new Router.Route(to, LaneName.parse(lane), Optional.empty(), Priority.NORMAL)), routes);
    }

    @ParameterizedTest
    @CsvSource({"<>, BULK", "<a@b.example>, NORMAL"})
    void reportsAreLessUrgent(String reversePath, Priority priority) throws SmtpException, IOException {
        Recipient to = Recipient.of(ForwardPath.parse("<u@example.org>"));
        assertEquals(
                priority, ROUTER.route(envelope(reversePath), to).getFirst().priority());
    }
}
