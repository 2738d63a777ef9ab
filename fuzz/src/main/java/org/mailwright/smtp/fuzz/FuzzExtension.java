package org.mailwright.smtp.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.BodyReceiver;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.LineHandler;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** Uses every kind of {@link Step} and of failure, some of it on the session's thread and some of it not. */
record FuzzExtension(boolean blocking) implements Extension {

    /** What stands behind BDAT. */
    static final Pattern CHUNK = Pattern.compile("([0-9]{1,7})( LAST)?", Pattern.CASE_INSENSITIVE);

    /** Octets of an answer to ASK with CRLF. */
    static final int ANSWER = 512;

    private static final AttributeKey<Integer> COLOUR = AttributeKey.of("colour", Scope.TRANSACTION);
    private static final Reply ASKED = Reply.of(334, "Yes?");
    private static final Reply BAD = Reply.of(501, "5.5.4", "Not understood");

    @Override
    public String id() {
        return "FUZZ";
    }

    @Override
    public void server(ServerSide side) {
        side.keyword("FUZZ", session -> session.tls().map(tls -> List.of("TLS")));
        verb(side, "ASK", (command, session) -> new Step.Ask(ASKED, line(), ANSWER));
        verb(side, "BDAT", FuzzExtension::chunk);
        verb(side, "STARTTLS", (command, session) -> new Step.UpgradeTls(Reply.of(220, "Go on"), FixedTls.POLICY));
        verb(side, "BOOM", (command, session) -> {
            if (command.arguments().isEmpty()) {
                throw new IOException("something is broken");
            }
            throw new IllegalStateException("an author's mistake");
        });
        side.mailParameter(new Parameter<>("COLOUR", COLOUR, new Colour()));
        side.mailParameter(new Parameter<>("SMTPUTF8", WellKnown.INTERNATIONALIZED, new Flag()));
        Gate<Recipient> gate = FuzzExtension::judged;
        side.gate(Stage.RCPT, 0, blocking ? gate : (Gate<Recipient> & NonBlocking) FuzzExtension::judged);
    }

    private void verb(ServerSide side, String name, VerbHandler handler) {
        VerbSpec spec = VerbSpec.of(name)
                .in(Phase.CONNECTED, Phase.GREETED, Phase.TRANSACTION)
                .with(Trait.BEFORE_TLS, Trait.BEFORE_AUTHENTICATION, Trait.JUNK);
        side.verb(spec, blocking ? handler : (VerbHandler & NonBlocking) handler::handle);
    }

    private LineHandler line() {
        LineHandler handler = this::answered;
        return blocking ? handler : (LineHandler & NonBlocking) this::answered;
    }

    private Step answered(String line, Session session) throws SmtpException, IOException {
        if (line.equals("again")) {
            return new Step.Ask(ASKED, line(), ANSWER);
        }
        if (line.equals("boom")) {
            throw new IllegalStateException("an author's mistake");
        }
        if (line.equals("*")) {
            throw new SmtpException(BAD);
        }
        session.authenticated(new Identity("fuzz", "PLAIN"));
        return Step.say(Reply.of(235, "2.7.0", "Well answered"));
    }

    private static Step chunk(Command command, Session session) throws SmtpException, IOException {
        Matcher words = CHUNK.matcher(command.arguments());
        if (!words.matches()) {
            throw new SmtpException(BAD);
        }
        long count = Long.parseLong(words.group(1));
        try {
            return new Step.Octets(count, new Chunk(session.mail(), words.group(2) != null));
        } catch (SmtpException refused) {
            return new Step.Octets(count, BodyReceiver.discarding(refused.reply()));
        }
    }

    private static Verdict judged(SessionView session, Recipient recipient) {
        String name = recipient.path() instanceof Mailbox mailbox
                ? mailbox.localPart().content()
                : "";
        if (name.startsWith("boom")) {
            throw new IllegalStateException("an author's mistake");
        }
        if (name.startsWith("drop")) {
            return Verdict.drop(Reply.of(554, "5.7.1", "Go away"));
        }
        return name.startsWith("bad") ? Verdict.refuse(550, "5.1.1", "No such user") : Verdict.pass();
    }

    /** One chunk of a mail. */
    private record Chunk(BodyReceiver mail, boolean last) implements BodyReceiver {
        @Override
        public void write(ByteBuffer content) throws SmtpException, IOException {
            mail.write(content);
        }

        @Override
        public List<Reply> end() throws SmtpException, IOException {
            return last ? mail.end() : List.of(Reply.of(250, "2.0.0", "Octets received"));
        }

        @Override
        public void abort() {
            mail.abort();
        }

        @Override
        public List<Reply> refuse(Reply reply) {
            List<Reply> all = mail.refuse(reply);
            return last ? all : List.of(reply);
        }

        @Override
        public boolean mayBlock() {
            return mail.mayBlock();
        }
    }

    /** A number. */
    private record Colour() implements Parameter.Syntax<Integer> {
        @Override
        public Integer parse(Optional<String> value) throws SmtpException {
            try {
                return Integer.valueOf(value.orElse(""));
            } catch (NumberFormatException none) {
                throw new SmtpException(BAD, none);
            }
        }

        @Override
        public Optional<String> render(Integer value) {
            return Optional.of(value.toString());
        }
    }

    /** A word without value. */
    private record Flag() implements Parameter.Syntax<Boolean> {
        @Override
        public Boolean parse(Optional<String> value) throws SmtpException {
            if (value.isPresent()) {
                throw new SmtpException(BAD);
            }
            return true;
        }

        @Override
        public Optional<String> render(Boolean value) {
            return Optional.empty();
        }
    }
}
