package org.mailwright.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.BodyReceiver;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Observer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.transport.MemoryTransport;

/** Code of others that fails, at every point: the client gets one reply, and the session goes on. */
@ExtendWith(SilentLog.class)
class SessionFaultsTest {

    /** How code can fail. */
    enum Failing implements RecordingSink.Fault {
        REFUSING {
            @Override
            public void strike() throws SmtpException {
                throw SmtpException.of(452, "4.3.1", "Disk full");
            }
        },
        WITHOUT_DISK {
            @Override
            public void strike() throws IOException {
                throw new IOException("disk");
            }
        },
        WITH_A_BUG {
            @Override
            public void strike() {
                throw new IllegalStateException("bug");
            }
        },
        WITHOUT_END {
            @Override
            public void strike() {
                throw new StackOverflowError("endless");
            }
        };

        @Override
        public abstract void strike() throws SmtpException, IOException;

        String code() {
            return this == REFUSING ? "452" : "451";
        }

        /** Fails where only bugs can. */
        void bug() {
            if (this == WITHOUT_END) {
                throw new StackOverflowError("endless");
            }
            throw new IllegalStateException("bug");
        }
    }

    @ParameterizedTest
    @EnumSource(Failing.class)
    void survivesASinkThatFails(Failing failing) {
        for (RecordingSink.Moment moment : RecordingSink.Moment.values()) {
            for (RecordingSink kind : List.of(RecordingSink.blocking(), RecordingSink.nonBlocking())) {
                RecordingSink sink = kind.failing(moment, failing);
                Memory client = new Memory(TestService.mx(), sink);
                assertEquals(Memory.GO_AHEAD, client.say(Memory.UP_TO_DATA));
                assertEquals(List.of(), client.say("x\r\n".repeat(40_000)));
                assertEquals(List.of(failing.code(), "250"), client.say("QUIT\r\n\r\n.\r\nNOOP\r\n"));
                assertEquals(List.of(), sink.mails());
                assertEquals(List.of(), sink.violations());
                assertEquals(moment == RecordingSink.Moment.WRITE ? 1 : 0, sink.aborted());
                assertEquals(List.of("503"), client.say("RCPT TO:<b@example.test>\r\n"));
            }
        }
    }

    private static Vendor gate(Stage<?> stage, Failing failing) {
        return Vendor.of(
                "X",
                side -> side.gate(stage, 0, (session, subject) -> {
                    failing.strike();
                    return Verdict.pass();
                }));
    }

    @ParameterizedTest
    @EnumSource(Failing.class)
    void survivesGatesThatFail(Failing failing) {
        String mail = "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n";
        String no = failing.code();
        assertSaid(List.of(no, "503", "503", "503"), gate(Stage.HELLO, failing), mail);
        assertSaid(List.of("250", no, "503", "503"), gate(Stage.MAIL, failing), mail);
        assertSaid(List.of("250", "250", no, "503"), gate(Stage.RCPT, failing), mail);
        assertSaid(List.of("250", "250", "250", no), gate(Stage.DATA, failing), mail);
        assertSaid(List.of("250", "250", "250", "354", no), gate(Stage.BODY, failing), mail + "x\r\n.\r\n");
        Memory refused = new Memory(
                TestService.mx(gate(Stage.CONNECT, failing)),
                RecordingSink.blocking(),
                MemoryTransport.Options.DEFAULTS);
        assertEquals(List.of(no), refused.codes());
        assertTrue(refused.transport.closedWhy().isPresent());
    }

    private static void assertSaid(List<String> codes, Extension extension, String octets) {
        Memory client = new Memory(TestService.mx(extension), RecordingSink.blocking());
        assertEquals(codes, client.say(octets));
        assertEquals(List.of("250"), client.say("NOOP\r\n"), "the session is alive");
        assertEquals(List.of(), client.sink.violations());
        assertEquals(
                client.sink.opened(),
                client.sink.aborted() + client.sink.mails().size());
    }

    static Stream<Failing> bugs() {
        return Stream.of(Failing.WITH_A_BUG, Failing.WITHOUT_END);
    }

    @ParameterizedTest
    @EnumSource(Failing.class)
    void survivesVerbsStagesAndParametersThatFail(Failing failing) {
        VerbSpec frob = VerbSpec.of("FROB");
        String no = failing.code();
        Vendor verb = Vendor.of(
                "X",
                side -> side.verb(frob, (command, session) -> {
                    failing.strike();
                    return Step.say(Reply.of(250, "done"));
                }));
        assertSaid(List.of("250", no), verb, "EHLO x\r\nFROB\r\n");
        Vendor answer = Vendor.of(
                "X",
                side -> side.verb(
                        frob,
                        (command, session) -> new Step.Ask(
                                Reply.of(334, "say"),
                                (line, same) -> {
                                    failing.strike();
                                    return Step.say(Reply.of(250, "done"));
                                },
                                512)));
        assertSaid(List.of("250", "334", no), answer, "EHLO x\r\nFROB\r\nsaid\r\n");
        Vendor stage = Vendor.of(
                "X",
                side -> side.content(0, (envelope, session) -> (octets, next) -> {
                    failing.strike();
                    next.write(octets);
                }));
        assertSaid(List.of("250", "250", "250", "354", no), stage, Memory.UP_TO_DATA + "x\r\n.\r\n");
        Vendor ending = Vendor.of(
                "X",
                side -> side.content(0, (envelope, session) -> new ContentStage() {
                    @Override
                    public void write(ByteBuffer octets, Next next) throws SmtpException, IOException {
                        next.write(octets);
                    }

                    @Override
                    public void end(Next next) throws SmtpException, IOException {
                        failing.strike();
                    }
                }));
        assertSaid(List.of("250", "250", "250", "354", no), ending, Memory.UP_TO_DATA + "x\r\n.\r\n");
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void survivesBugsInWhatCannotRefuse(Failing failing) {
        Vendor keyword = Vendor.of(
                "X",
                side -> side.keyword("X", session -> {
                    failing.bug();
                    return Optional.empty();
                }));
        assertSaid(List.of("451"), keyword, "EHLO x\r\n");
        Vendor observer = Vendor.of(
                "X",
                side -> side.observer(new Observer() {
                    @Override
                    public void connected(SessionView session) {
                        failing.bug();
                    }

                    @Override
                    public void answered(SessionView session, Command command, Reply reply) {
                        failing.bug();
                    }

                    @Override
                    public void mail(SessionView session, Envelope envelope, long octets, List<Reply> replies) {
                        failing.bug();
                    }
                }));
        assertSaid(List.of("250", "250", "250", "354", "250"), observer, Memory.UP_TO_DATA + "x\r\n.\r\n");
        Parameter<String> parameter =
                new Parameter<>("X", AttributeKey.of("x", Scope.TRANSACTION), new Parameter.Syntax<>() {
                    @Override
                    public String parse(Optional<String> value) {
                        failing.bug();
                        return "";
                    }

                    @Override
                    public Optional<String> render(String value) {
                        return Optional.empty();
                    }
                });
        assertSaid(
                List.of("250", "451", "503"),
                Vendor.of("X", side -> side.mailParameter(parameter)),
                "EHLO x\r\nMAIL FROM:<> X=1\r\nRCPT TO:<a@b.example>\r\n");
        Vendor factory = Vendor.of(
                "X",
                side -> side.content(0, (envelope, session) -> {
                    failing.bug();
                    return ContentStage.PASS;
                }));
        assertSaid(List.of("250", "250", "250", "354", "451"), factory, Memory.UP_TO_DATA + "x\r\n.\r\n");
    }

    @Test
    void survivesReceiversThatBreakTheirContract() {
        Vendor frob = Vendor.of(
                "X",
                side -> side.verb(
                        VerbSpec.of("FROB"),
                        (command, session) -> new Step.Octets(Long.parseLong(command.arguments()), new Careless())));
        assertSaid(List.of("250", "451", "250"), frob, "EHLO x\r\nFROB 6\r\nQUIT\r\nNOOP\r\n");
        assertSaid(List.of("250", "451", "250"), frob, "EHLO x\r\nFROB -1\r\nNOOP\r\n");
        assertSaid(List.of("250", "451", "250"), frob, "EHLO x\r\nFROB 0\r\nNOOP\r\n");
    }

    /** Gives no reply, and fails wherever it can. */
    private static final class Careless implements BodyReceiver {
        @Override
        public void write(ByteBuffer octets) {
            octets.position(octets.limit());
        }

        @Override
        public List<Reply> end() {
            return List.of();
        }

        @Override
        public void abort() {
            throw new IllegalStateException("abort");
        }

        @Override
        public List<Reply> refuse(Reply reply) {
            throw new IllegalStateException("refuse");
        }
    }

    @Test
    void dropsAClientThatAGateWantsGone() {
        Vendor gate = Vendor.of(
                "X",
                side -> side.gate(
                        Stage.RCPT, 0, (session, subject) -> Verdict.drop(Reply.of(521, "5.7.1", "Go away"))));
        Memory client = new Memory(TestService.mx(gate), RecordingSink.blocking());
        assertEquals(List.of("250", "250", "521"), client.say(Memory.UP_TO_DATA));
        assertEquals(Optional.of(""), client.transport.closedWhy());
    }
}
