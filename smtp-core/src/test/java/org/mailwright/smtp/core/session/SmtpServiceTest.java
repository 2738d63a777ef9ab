package org.mailwright.smtp.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.client.ClientConfig;
import org.mailwright.smtp.core.command.EsmtpParameter;
import org.mailwright.smtp.core.command.EsmtpParameters;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

class SmtpServiceTest {

    private static final ListenerProfile MX = ListenerProfile.of("mx", Role.MX, "mx.example.test");
    private static final Parameter<String> SIZE =
            new Parameter<>("size", AttributeKey.of("x", Scope.TRANSACTION), new Parameter.Syntax<>() {
                @Override
                public String parse(Optional<String> value) {
                    return value.orElse("");
                }

                @Override
                public Optional<String> render(String value) {
                    return Optional.of(value);
                }
            });

    private record Declaring(String id, Set<String> requires, Set<String> conflicts, Consumer<ServerSide> half)
            implements Extension {

        Declaring(String id, Consumer<ServerSide> half) {
            this(id, Set.of(), Set.of(), half);
        }

        @Override
        public void server(ServerSide side) {
            half.accept(side);
        }
    }

    private static Declaring verb(String id, VerbSpec spec) {
        return new Declaring(id, side -> side.verb(spec, (command, session) -> Step.say(Reply.of(250, id))));
    }

    private static SmtpService compose(ListenerProfile profile, Extension... extensions) {
        return new SmtpService(
                profile,
                List.of(extensions),
                envelope -> {
                    throw new SmtpException(Reply.of(451, "4.3.0", "no mail here"));
                },
                () -> "T1");
    }

    private static String clash(Extension... extensions) {
        IllegalArgumentException clash = assertThrows(IllegalArgumentException.class, () -> compose(MX, extensions));
        return String.valueOf(clash.getMessage());
    }

    @Test
    void namesBothThatClaimTheSame() {
        assertEquals(
                "extensions A and B both declare the verb FROB",
                clash(verb("A", VerbSpec.of("frob")), verb("B", VerbSpec.of("FROB"))));
        assertEquals(
                "extensions A and B both declare the keyword FROB",
                clash(
                        new Declaring("A", side -> side.keyword("FROB")),
                        new Declaring("B", side -> side.keyword("FROB"))));
        assertEquals(
                "extensions A and B both declare the parameter of MAIL SIZE",
                clash(
                        new Declaring("A", side -> side.mailParameter(SIZE)),
                        new Declaring("B", side -> side.mailParameter(SIZE))));
        assertEquals(
                "extensions A and A both declare the parameter of RCPT SIZE",
                clash(new Declaring("A", side -> side.rcptParameter(SIZE).rcptParameter(SIZE))));
    }

    private static Parameter<String> partial(AttributeKey<String> key, String own) {
        return new Parameter<>("KIND", key, new Parameter.Syntax<>() {
            @Override
            public String parse(Optional<String> value) throws SmtpException {
                return value.filter(own::equals).orElseThrow(() -> SmtpException.of(501, "5.5.4", "expected " + own));
            }

            @Override
            public Optional<String> render(String value) {
                return Optional.of(value);
            }

            @Override
            public boolean isPartial() {
                return true;
            }

            @Override
            public boolean takes(String value) {
                return value.equals(own);
            }
        });
    }

    @Test
    void joinsTheValuesOfAParameterThatExtensionsShare() throws SmtpException {
        AttributeKey<String> key = AttributeKey.of("kind", Scope.TRANSACTION);
        AttributeKey<String> stranger = AttributeKey.of("kind", Scope.TRANSACTION);
        SmtpService service = compose(
                MX,
                new Declaring("A", side -> side.mailParameter(partial(key, "ONE"))),
                new Declaring("B", side -> side.mailParameter(partial(key, "TWO"))));
        for (String value : List.of("ONE", "TWO")) {
            EsmtpParameters given = new EsmtpParameters(List.of(EsmtpParameter.of("KIND", value)));
            assertEquals(
                    Optional.of(value), service.mailParameters().read(given).get(key));
        }
        EsmtpParameters other = new EsmtpParameters(List.of(EsmtpParameter.of("KIND", "THREE")));
        assertThrows(SmtpException.class, () -> service.mailParameters().read(other));
        assertEquals(
                "extensions A and B both declare the parameter of MAIL KIND",
                clash(
                        new Declaring("A", side -> side.mailParameter(partial(key, "ONE"))),
                        new Declaring("B", side -> side.mailParameter(partial(stranger, "TWO")))));
        assertThrows(IllegalArgumentException.class, () -> partial(key, "ONE").or(partial(stranger, "TWO")));
    }

    @Test
    void namesWhatIsMissingTwiceOrInTheWay() {
        Declaring nothing = new Declaring("A", side -> {});
        assertEquals("extension A is installed twice", clash(nothing, nothing));
        assertEquals(
                "extension B requires C, which is not installed",
                clash(nothing, new Declaring("B", Set.of("A", "C"), Set.of(), side -> {})));
        assertEquals(
                "extensions B and A cannot be installed together",
                clash(nothing, new Declaring("B", Set.of(), Set.of("A"), side -> {})));
    }

    @Test
    void knowsVerbsOfItsRoleOnly() {
        Extension lhlo = verb("A", VerbSpec.of("LHLO").on(Role.LMTP));
        Extension other = verb("B", VerbSpec.of("LHLO").on(Role.MX));
        assertEquals(
                List.of("LHLO"),
                compose(MX, lhlo, other).verbs().stream().map(VerbSpec::verb).toList());
    }

    @Test
    void sortsVerbsAndKeywords() {
        Extension both = new Declaring(
                "A",
                side -> side.keyword("ZETA")
                        .keyword("ALPHA")
                        .verb(VerbSpec.of("zig"), (command, session) -> Step.say(Reply.of(250, "x")))
                        .verb(VerbSpec.of("ant"), (command, session) -> Step.say(Reply.of(250, "x"))));
        SmtpService service = compose(MX, both);
        assertEquals(List.of("ALPHA", "ZETA"), service.keywords());
        assertEquals(
                List.of("ANT", "ZIG"),
                service.verbs().stream().map(VerbSpec::verb).toList());
    }

    @Test
    void checksItsBounds() {
        assertBound("line: expected at least 512, found 511", () -> new Limits(511, 100, 1, 1, 1024, 4096, false));
        assertBound("recipients: expected at least 100, found 99", () -> new Limits(2048, 99, 1, 1, 1024, 4096, false));
        assertBound("errors: expected at least 1, found 0", () -> new Limits(2048, 100, 0, 1, 1024, 4096, false));
        assertBound("junk: expected at least 1, found 0", () -> new Limits(2048, 100, 1, 0, 1024, 4096, false));
        assertBound(
                "line-flood: expected at least 1024, found 1023", () -> new Limits(2048, 100, 1, 1, 1023, 4096, false));
        assertBound("body-buffer: expected at least 4096, found 1", () -> new Limits(2048, 100, 1, 1, 1024, 1, false));
        Duration second = Duration.ofSeconds(1);
        assertBound(
                "command: expected more than 0s, found PT0S",
                () -> new Timeouts(Duration.ZERO, Duration.ZERO, second, 0, second));
        assertBound(
                "greeting-delay: expected 0s or more, found PT-1S",
                () -> new Timeouts(second.negated(), second, second, 0, second));
        assertBound(
                "minimum-rate: expected 0 or more octets/s, found -1",
                () -> new Timeouts(Duration.ZERO, second, second, -1, second));
    }

    private static void assertBound(String message, Runnable made) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, made::run).getMessage());
    }

    /** RFC 6531 §3.7.1. */
    @Test
    void isCalledByALabels() {
        assertEquals(
                "mx.xn--bcher-kva.example",
                ListenerProfile.of("mx", Role.MX, "mx.bücher.example").hostname());
        assertEquals(
                "[192.0.2.1]", ListenerProfile.of("mx", Role.MX, "[192.0.2.1]").hostname());
        assertEquals(
                "mx.xn--bcher-kva.example",
                ClientConfig.DEFAULTS.withHostname("mx.bücher.example").hostname());
        assertThrows(IllegalArgumentException.class, () -> ClientConfig.DEFAULTS.withHostname("ü..x"));
    }
}
