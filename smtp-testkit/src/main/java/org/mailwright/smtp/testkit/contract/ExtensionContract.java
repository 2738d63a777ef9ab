package org.mailwright.smtp.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.command.EsmtpParameter;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.TestService;

/**
 * What holds for every extension. The test of an extension implements it, tells of the extension by {@link #extension}
 * and {@link #samples}, and has these tests among its own:
 *
 * <pre>{@code
 * class RetainContractTest implements ExtensionContract {
 *     public Extension extension() {
 *         return new RetainExtension(365);
 *     }
 *
 *     public ExtensionSamples samples() {
 *         return ExtensionSamples.none().verb("XRETAIN", 250).mail("X-RETAIN=30").wrongMail("X-RETAIN=366");
 *     }
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public interface ExtensionContract {

    /** Returns a new extension; one that looks at a clock has one that stands still. */
    Extension extension();

    /** Returns what is said to see that it is there: something for each of its verbs and parameters. */
    ExtensionSamples samples();

    /** Returns new ones of the extensions that it {@linkplain Extension#requires requires}, or is looked at with. */
    default List<Extension> beside() {
        return List.of();
    }

    /**
     * Returns lines that are said behind EHLO, before all else: what is there for users only is looked at behind a
     * login, of an extension {@linkplain #beside() beside} it.
     */
    default List<String> before() {
        return List.of();
    }

    /** Returns the role of the listener on which it is looked at. */
    default Role role() {
        return Role.MX;
    }

    /** Tells whether it is looked at inside TLS, for it offers nothing in clear. */
    default boolean insideTls() {
        return false;
    }

    /** Tells whether its client half sends durable values as they came; one that looks at the mail may know better. */
    default boolean sendsValuesAsTheyCame() {
        return true;
    }

    /** Each verb and parameter that it declares has a sample, and each sample a declaration. */
    @Test
    default void hasSamplesOfAllThatItDeclares() {
        DeclaredServer declared = DeclaredServer.of(
                List.of(extension()), Talks.service(this, List.of()).profile());
        assertEquals(declared.verbs, Talks.words(samples().verbs(), ExtensionSamples.Line::verb), "verbs");
        assertEquals(declared.mail.keySet(), Talks.words(samples().mail(), EsmtpParameter::keyword), "of MAIL");
        assertEquals(declared.rcpt.keySet(), Talks.words(samples().rcpt(), EsmtpParameter::keyword), "of RCPT");
        assertEquals(declared.prefaced, !samples().front().isEmpty(), "in front of all else");
    }

    /** What it declares is offered, and what is offered is taken. */
    @Test
    default void isOfferedAndTaken() {
        TestService service = Talks.with(this);
        try (ServerTalk talk = Talks.open(this, service)) {
            Set<String> missing = new TreeSet<>(DeclaredServer.of(List.of(extension()), service.profile()).keywords);
            missing.removeAll(talk.keywords());
            assertEquals(Set.of(), missing, "keywords that are not offered");
        }
        for (ExtensionSamples.Line line : samples().verbs()) {
            assertEquals(line.code(), Talks.code(this, service, line), line.text());
        }
        samples().mail().forEach(each -> assertEquals(250, Talks.mail(this, service, each), "MAIL with " + each));
        samples().rcpt().forEach(each -> assertEquals(250, Talks.rcpt(this, service, each), "RCPT with " + each));
        samples()
                .wrong()
                .forEach(each -> assertEquals(
                        501,
                        each.ofMail()
                                ? Talks.mail(this, service, each.parameter())
                                : Talks.rcpt(this, service, each.parameter()),
                        "with the wrong " + each.parameter()));
        samples().prefaces().forEach(each -> Talks.requireFront(service, each));
    }

    /** Without it, nothing of it is there. */
    @Test
    default void leavesNothingBehindWhenItIsAway() {
        TestService service = Talks.service(this, beside());
        DeclaredServer declared = DeclaredServer.of(List.of(extension()), service.profile());
        DeclaredServer others = DeclaredServer.of(beside(), service.profile());
        try (ServerTalk talk = Talks.open(this, service)) {
            Set<String> left = new TreeSet<>(declared.keywords);
            left.retainAll(talk.keywords());
            assertEquals(Set.of(), left, "keywords that are still offered");
        }
        for (ExtensionSamples.Line line : samples().verbs()) {
            assertEquals(500, Talks.code(this, service, line), line.text());
        }
        // a parameter that others have as well is known, only not with this value
        samples().mail().forEach(each -> {
            int expected = others.mail.containsKey(each.keyword()) ? 501 : 555;
            assertEquals(expected, Talks.mail(this, service, each), "MAIL with " + each);
        });
        samples().rcpt().forEach(each -> {
            int expected = others.rcpt.containsKey(each.keyword()) ? 501 : 555;
            assertEquals(expected, Talks.rcpt(this, service, each), "RCPT with " + each);
        });
    }

    /** A value that outlives the queue is the same behind it. */
    @Test
    default void keepsDurableValuesAsTheyAre() throws SmtpException {
        DeclaredServer declared = DeclaredServer.of(
                List.of(extension()), Talks.service(this, List.of()).profile());
        for (EsmtpParameter each : samples().mail()) {
            Talks.requireSameAfterQueue(each, Talks.of(declared.mail, each));
        }
        for (EsmtpParameter each : samples().rcpt()) {
            Talks.requireSameAfterQueue(each, Talks.of(declared.rcpt, each));
        }
        samples().client().forEach(each -> Talks.requireSaid(this, each, Talks.afterQueue(each.ofMail())));
    }

    /** Octets that come alone make no difference, and one object serves session after session. */
    @Test
    default void doesTheSameOctetByOctet() {
        Extension one = extension();
        List<Extension> all = new ArrayList<>(beside());
        all.add(one);
        TestService service = Talks.service(this, all);
        for (Talks.Talk talk : Talks.all(this)) {
            List<String> whole = new ArrayList<>();
            List<RecordedMail> mails = talk.hold(service, false, whole);
            List<String> split = new ArrayList<>();
            assertEquals(mails, talk.hold(service, true, split), "mails of " + talk);
            assertEquals(whole, split, "replies to " + talk);
        }
    }

    /** The client half sends a parameter to a peer that offers its keyword, and to no other. */
    @Test
    default void sendsParametersToPeersThatOfferThem() throws SmtpException {
        DeclaredClient client = DeclaredClient.of(extension());
        Set<String> offered = new HashSet<>(client.keywords);
        offered.addAll(
                DeclaredServer.of(beside(), Talks.service(this, List.of()).profile()).keywords);
        for (EsmtpParameter each : samples().mail()) {
            if (client.mail.containsKey(each.keyword())) {
                Talks.requireSent(this, each, Talks.of(client.mail, each), true, offered);
            }
        }
        for (EsmtpParameter each : samples().rcpt()) {
            if (client.rcpt.containsKey(each.keyword())) {
                Talks.requireSent(this, each, Talks.of(client.rcpt, each), false, offered);
            }
        }
    }

    /** The client half says its lines to a peer that offers them, and to no other. */
    @Test
    default void saysLinesToPeersThatOfferThem() {
        samples().client().forEach(each -> {
            Talks.requireSaid(this, each, each.ofMail());
            Talks.requireNotSaid(this, each);
        });
    }

    /** It can be configured with nothing, and tells of a key that it does not know. */
    @Test
    default void tellsOfKeysThatItDoesNotKnow() {
        String table = "extension." + extension().id();
        assertEquals(
                extension().id(),
                extension().configured(Settings.of(table, Map.of())).id());
        Settings slip = Settings.of(table, Map.of("no-such-key", 1L));
        String told = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> extension().configured(slip))
                        .getMessage());
        assertTrue(told.contains(table) && told.contains("no-such-key"), told);
        assertFalse(extension().id().isBlank());
    }
}
