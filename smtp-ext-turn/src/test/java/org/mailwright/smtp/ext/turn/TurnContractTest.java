package org.mailwright.smtp.ext.turn;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.testkit.TestClock;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of these. */
class TurnContractTest {

    private static final List<String> BRANCH = List.of("LOGIN branch");

    private static Fetch fetch(String... domains) {
        return new Fetch(
                List.of(domains).stream().map(Domain::parse).toList(),
                peer -> {
                    throw new IllegalStateException("nothing was granted");
                },
                reply -> {});
    }

    @Nested
    class Etrn implements ExtensionContract {
        @Override
        public Extension extension() {
            return new EtrnExtension(
                    new EtrnConfig(false, Duration.ZERO), Etrn::answer, TestClock.at("2030-01-31T12:00:00Z"));
        }

        private static Flush answer(EtrnNode node, SessionView session) {
            return switch (node) {
                case EtrnNode.Only only -> new Flush.CountedStarted(14);
                case EtrnNode.Within within -> new Flush.Started();
                case EtrnNode.Queue queue -> new Flush.NotAllowed("there is no such queue");
            };
        }

        @Override
        public ExtensionSamples samples() {
            EtrnRequest request = new EtrnRequest(
                    List.of(
                            EtrnNode.parse("@a.test").orElseThrow(),
                            EtrnNode.parse("b.test").orElseThrow()),
                    (node, reply) -> {});
            return ExtensionSamples.none()
                    .verb("ETRN a.test", 253)
                    .verb("ETRN @a.test", 250)
                    .verb("ETRN #uucp", 459)
                    .verb("ETRN", 501)
                    .says(
                            "ETRN",
                            Attributes.EMPTY.with(EtrnExtension.REQUEST, request),
                            Attributes.EMPTY,
                            "ETRN @a.test");
        }
    }

    /** What a user may do. */
    @Nested
    class Atrn implements ExtensionContract {
        @Override
        public Extension extension() {
            return new AtrnExtension(new Branch());
        }

        @Override
        public List<Extension> beside() {
            return List.of(new Login());
        }

        @Override
        public List<String> before() {
            return BRANCH;
        }

        @Override
        public Role role() {
            return Role.SUBMISSION;
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .verb("ATRN", 250)
                    .verb("ATRN a.test,b.test", 250)
                    .verb("ATRN b.test", 453)
                    .verb("ATRN c.test", 450)
                    .verb("ATRN a.test;b.test", 501);
        }
    }

    /** What a user may do. */
    @Nested
    class Turn implements ExtensionContract {
        @Override
        public Extension extension() {
            return new TurnExtension(new Branch());
        }

        @Override
        public List<Extension> beside() {
            return List.of(new Login());
        }

        @Override
        public List<String> before() {
            return List.of("EHLO a.test", "LOGIN branch");
        }

        @Override
        public Role role() {
            return Role.SUBMISSION;
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none().verb("TURN", 250).verb("TURN a.test", 501);
        }
    }

    /** What strangers hear, and what a client says. */
    @Nested
    class AtrnOfStrangers implements ExtensionContract {
        @Override
        public Extension extension() {
            return new AtrnExtension(new Branch());
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .verb("ATRN", 530)
                    .says(
                            "ATRN",
                            Attributes.EMPTY.with(AtrnExtension.REQUEST, fetch("a.test", "b.test")),
                            Attributes.EMPTY,
                            "ATRN a.test,b.test");
        }
    }

    /** What strangers hear, and what a client says. */
    @Nested
    class TurnOfStrangers implements ExtensionContract {
        @Override
        public Extension extension() {
            return new TurnExtension(new Branch());
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .verb("TURN", 502)
                    .says("TURN", Attributes.EMPTY.with(TurnExtension.REQUEST, fetch()), Attributes.EMPTY, "TURN");
        }
    }
}
