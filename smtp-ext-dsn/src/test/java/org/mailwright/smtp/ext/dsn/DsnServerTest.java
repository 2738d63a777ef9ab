package org.mailwright.smtp.ext.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.ext.dsn.Notify.Condition;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;

class DsnServerTest {

    private static final TestService WITH = TestService.mx(new DsnExtension());

    /** As much of SMTPUTF8 as is needed here. */
    private static final class Utf8 implements Extension {
        @Override
        public String id() {
            return "SMTPUTF8";
        }

        @Override
        public void server(ServerSide side) {
            side.mailParameter(new Parameter<>("SMTPUTF8", WellKnown.INTERNATIONALIZED, new Parameter.Syntax<>() {
                @Override
                public Boolean parse(Optional<String> value) {
                    return true;
                }

                @Override
                public Optional<String> render(Boolean value) {
                    return Optional.empty();
                }
            }));
        }
    }

    @TranscriptTest("accepted.smtp")
    void keepsWhatIsSaid(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(WITH);
        Attributes first = mails.get(0).envelope().attributes();
        assertEquals(Optional.of(Ret.FULL), first.get(DsnExtension.RET));
        assertEquals(Optional.of(new EnvelopeId("QQ314159+ =")), first.get(DsnExtension.ENVID));
        List<Recipient> to = mails.get(0).envelope().recipients();
        assertEquals(
                List.of(
                        Optional.of(Notify.of(Condition.SUCCESS, Condition.FAILURE, Condition.DELAY)),
                        Optional.of(Notify.of(Condition.DELAY, Condition.SUCCESS)),
                        Optional.of(Notify.NEVER),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Notify.of(Condition.SUCCESS, Condition.FAILURE)),
                        Optional.of(Notify.of(Condition.DELAY))),
                to.stream()
                        .map(one -> one.attributes().get(DsnExtension.NOTIFY))
                        .toList());
        assertEquals(
                List.of(
                        "rfc822;Bob+x@example.test",
                        "",
                        "UTF-8;中é @example.test",
                        "X400;/G=Bob/",
                        "rfc822;" + "x".repeat(493),
                        "",
                        "x+y;",
                        "rfc822;Bob@example.test"),
                to.stream()
                        .map(one -> one.attributes()
                                .get(DsnExtension.ORCPT)
                                .map(OriginalRecipient::toString)
                                .orElse(""))
                        .toList());
        Attributes second = mails.get(1).envelope().attributes();
        assertEquals(Optional.of(Ret.HDRS), second.get(DsnExtension.RET));
        assertEquals(Optional.of(new EnvelopeId("x".repeat(100))), second.get(DsnExtension.ENVID));
    }

    @TranscriptTest({"refused-mail.smtp", "refused-notify.smtp", "refused-orcpt.smtp"})
    void refusesWhatIsWrong(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(WITH.with(patient())));
    }

    private static Limits patient() {
        return new Limits(2048, 100, 100, 100, 1024, 4096, false);
    }

    @TranscriptTest("unitext.smtp")
    void takesUtf8WithSmtpUtf8Only(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx(new DsnExtension(), new Utf8())));
    }

    @TranscriptTest("missing.smtp")
    void isGoneWithoutItsExtension(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx()));
    }

    @Test
    void survivesAQueue() {
        assertSurvives(DsnExtension.RET, Ret.HDRS, "HDRS");
        assertSurvives(DsnExtension.ENVID, new EnvelopeId("a b+=\\"), "a+20b+2B+3D\\");
        assertSurvives(DsnExtension.NOTIFY, Notify.NEVER, "NEVER");
        assertSurvives(DsnExtension.NOTIFY, Notify.of(Condition.DELAY, Condition.SUCCESS), "SUCCESS,DELAY");
        assertSurvives(DsnExtension.ORCPT, OriginalRecipient.of("rfc822", "a b@c.test"), "rfc822;a+20b@c.test");
        assertSurvives(DsnExtension.ORCPT, OriginalRecipient.of("utf-8", "中@é"), "utf-8;\\x{4E2D}@\\x{E9}");
        assertThrows(
                IllegalArgumentException.class,
                () -> DsnExtension.RET.codec().orElseThrow().read().apply("?"));
        assertSurvives(DsnExtension.ACCEPTED, ForwardPath.parse("<Postmaster>"), "<Postmaster>");
        assertSurvives(DsnExtension.ACCEPTED, ForwardPath.parse("<jürgen@x.test>"), "<jürgen@x.test>");
        assertEquals(5, DsnExtension.keys().size());
    }

    private static <T> void assertSurvives(AttributeKey<T> key, T value, String text) {
        AttributeKey.Codec<T> codec = key.codec().orElseThrow();
        assertEquals(text, codec.write().apply(value));
        assertEquals(value, codec.read().apply(text));
    }

    @Test
    void letsNothingBadInFromCode() {
        assertThrows(IllegalArgumentException.class, () -> new EnvelopeId("a\r\nb"));
        assertThrows(IllegalArgumentException.class, () -> new EnvelopeId(""));
        assertThrows(IllegalArgumentException.class, () -> new EnvelopeId(" ".repeat(34)));
        assertThrows(IllegalArgumentException.class, () -> OriginalRecipient.of("rfc822", "a\nb"));
        assertThrows(IllegalArgumentException.class, () -> OriginalRecipient.of("utf-8", "a\u0085b"));
        assertThrows(IllegalArgumentException.class, () -> OriginalRecipient.of("rfc 822", "a"));
    }

    @Test
    void isFoundConfiguredAndInstalled() {
        Extension found = ServiceLoader.load(Extension.class).findFirst().orElseThrow();
        assertEquals("DSN", found.id());
        assertEquals(
                "DSN", found.configured(settings(Map.of("silence-peers", true))).id());
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> found.configured(settings(Map.of("silence", true))));
        assertEquals("extension.DSN.silence: unknown key; expected silence-peers", wrong.getMessage());
        Set<Extension> installed =
                Guice.createInjector(new DsnModule()).getInstance(Key.get(new TypeLiteral<Set<Extension>>() {}));
        assertTrue(installed.iterator().next() instanceof DsnExtension);
    }

    private static Settings settings(Map<String, Object> values) {
        return Settings.of("extension.DSN", values);
    }
}
