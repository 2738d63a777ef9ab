package org.mailwright.smtp.core.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.BodyReceiver;
import org.mailwright.smtp.core.extension.LineHandler;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.transport.Transport;

/** What is said in a session: which commands are admitted, what they are answered, and how much is forgiven. */
final class Dialogue {

    static final Reply TOO_LONG = Reply.of(500, "5.5.2", "Line too long");
    static final Reply MALFORMED = Reply.of(501, "5.5.2", "Line with control characters or octets that are not UTF-8");

    private static final Reply EMPTY = Reply.of(500, "5.5.2", "Empty command");
    private static final Reply UNKNOWN = Reply.of(500, "5.5.1", "Command not recognized");
    private static final Reply FOREIGN = Reply.of(554, "5.5.1", "This is SMTP, closing connection");
    private static final Reply TLS_FIRST = Reply.of(530, "5.7.0", "Must start TLS first");
    private static final Reply AUTH_FIRST = Reply.of(530, "5.7.0", "Authentication required");
    private static final Reply EHLO_FIRST = Reply.of(503, "5.5.1", "Send EHLO first");
    private static final Reply LHLO_FIRST = Reply.of(503, "5.5.1", "Send LHLO first");
    private static final Reply MAIL_FIRST = Reply.of(503, "5.5.1", "Need MAIL first");
    private static final Reply NOT_NOW = Reply.of(503, "5.5.1", "Not within a mail transaction");
    private static final Reply TOO_MANY_ERRORS = Reply.of(421, "4.7.0", "Too many errors, closing connection");
    private static final Reply TOO_MUCH_JUNK =
            Reply.of(421, "4.7.0", "Too many commands without a mail, closing connection");

    /** What a browser that was led here begins with (the ALPACA and cross-protocol attacks). */
    private static final Set<String> OF_HTTP = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "CONNECT");

    private final SmtpService service;
    private final Output output;
    private final SessionRecord record;
    private final Failures failures;
    private final long since;
    private int errors;
    private int junk;
    private boolean foreign;
    private @Nullable Command asked;

    Dialogue(SmtpService service, Transport transport, Output output) {
        this.service = service;
        this.output = output;
        this.record = new SessionRecord(service, transport);
        this.failures = new Failures(record.id());
        this.since = transport.nanoTime();
    }

    SessionRecord record() {
        return record;
    }

    Failures failures() {
        return failures;
    }

    /** Says something. */
    void say(Reply reply) {
        if (reply.equals(SessionRecord.TOO_MANY)) {
            junk++; // an honest client learns only so how many are taken (RFC 5321 §4.5.3.1.10)
        } else if (reply.code() >= 400) {
            errors++;
        }
        output.add(reply.octets(service.enhanced()));
    }

    /** Asks the gates of a stage; says what they refuse with. */
    <T> boolean asked(Stage<T> stage, T subject) {
        try {
            record.ask(stage, subject);
            return true;
        } catch (SmtpException | IOException | RuntimeException | Error refused) {
            say(failures.reply(refused));
            return false;
        }
    }

    /** Returns what handles a command; says so when nothing does. */
    Optional<SmtpService.Verb> known(Command command) {
        Optional<SmtpService.Verb> verb = Optional.ofNullable(service.verb(command.verb()));
        if (verb.isEmpty()) {
            foreign = OF_HTTP.contains(command.verb()) || command.verb().endsWith(":");
            say(foreign ? FOREIGN : command.verb().isEmpty() ? EMPTY : UNKNOWN);
        }
        return verb;
    }

    /** Returns what to do in place of a command that is not admitted here and now. */
    Optional<Step> refused(VerbSpec spec, Command command, int octets) {
        if (spec.has(Trait.JUNK)) {
            junk++;
        }
        Optional<Step> step = refusal(spec, octets).map(reply -> consuming(spec, command, Step.say(reply)));
        step.ifPresent(instead -> observe(shown(spec, command), instead));
        return step;
    }

    /**
     * Octets that follow a refused command are no commands (RFC 3030 §2). They are missing from a mail that was in
     * progress, so it is over.
     */
    private Step consuming(VerbSpec spec, Command command, Step step) {
        if (spec.octets().isEmpty() || !(step instanceof Step.Say(Reply reply))) {
            return step;
        }
        record.reset();
        OptionalLong count = spec.octets().get().apply(command.arguments());
        return count.isPresent() && count.getAsLong() >= 0
                ? new Step.Octets(count.getAsLong(), BodyReceiver.discarding(reply))
                : new Step.Close(reply);
    }

    private Optional<Reply> refusal(VerbSpec spec, int octets) {
        if (octets > Math.max(service.profile().limits().line(), spec.maxLine())) {
            return Optional.of(TOO_LONG);
        }
        ListenerProfile profile = service.profile();
        if (profile.requireTls() && record.tls().isEmpty() && !spec.has(Trait.BEFORE_TLS)) {
            return Optional.of(TLS_FIRST);
        }
        if (profile.requireAuthentication()
                && record.identity().isEmpty()
                && !spec.has(Trait.BEFORE_AUTHENTICATION)
                && (record.phase() != VerbSpec.Phase.CONNECTED || spec.phases().contains(VerbSpec.Phase.CONNECTED))) {
            return Optional.of(AUTH_FIRST);
        }
        if (!spec.phases().contains(record.phase())) {
            return Optional.of(
                    switch (record.phase()) {
                        case CONNECTED -> profile.role() == Role.LMTP ? LHLO_FIRST : EHLO_FIRST;
                        case GREETED -> MAIL_FIRST;
                        case TRANSACTION -> NOT_NOW;
                    });
        }
        return Optional.empty();
    }

    /** Lets the handler of a verb answer a command. */
    Step handled(SmtpService.Verb verb, Command command) {
        Step step;
        try {
            step = Objects.requireNonNull(verb.handler().handle(command, record), "a handler must not return null");
        } catch (SmtpException | IOException | RuntimeException | Error refused) {
            step = Step.say(failures.reply(refused));
        }
        step = consuming(verb.spec(), command, step);
        if (step instanceof Step.UpgradeTls && record.tls().isPresent()) {
            step = Step.say(Reply.of(503, "5.5.1", "TLS is already active"));
        }
        observe(shown(verb.spec(), command), step);
        return step;
    }

    /** Lets a handler take the line it asked for. */
    Step answered(LineHandler handler, String line) {
        Step step;
        try {
            step = Objects.requireNonNull(handler.line(line, record), "a handler must not return null");
        } catch (SmtpException | IOException | RuntimeException | Error refused) {
            step = Step.say(failures.reply(refused));
        }
        Command question = asked;
        asked = null;
        if (question != null) {
            observe(question, step);
        }
        return step;
    }

    /** Answers a content. */
    void mailEnded(List<Reply> replies) {
        int before = errors;
        for (Reply reply : replies) {
            if (reply.isPositive()) {
                junk = 0;
            }
            say(reply);
        }
        errors = Math.min(errors, before + 1); // one mail that fails is one error, however many recipients it had
        if (betweenMails() && replies.stream().anyMatch(Reply::isPositive)) {
            errors /= 2; // a relay that brings good mail all day may have a wrong recipient now and then
        }
    }

    /** Returns the last word when nothing more is forgiven. */
    Optional<Reply> exhausted() {
        Limits limits = service.profile().limits();
        if (errors > limits.errors()) {
            return Optional.of(TOO_MANY_ERRORS);
        }
        return junk > limits.junk() ? Optional.of(TOO_MUCH_JUNK) : Optional.empty();
    }

    /** Tells whether the client is none of SMTP, or a gate wants it gone. */
    boolean unwelcome() {
        return foreign || record.dropped();
    }

    /** Tells whether no mail is in progress. */
    boolean betweenMails() {
        return record.phase() != VerbSpec.Phase.TRANSACTION;
    }

    /** Returns how long to wait for the next command; not positive when a stranger has stayed too long. */
    Duration patience(long now) {
        Timeouts timeouts = service.profile().timeouts();
        if (!service.profile().requireAuthentication() || record.identity().isPresent()) {
            return timeouts.command();
        }
        return within(timeouts.stranger().minusNanos(now - since), timeouts.command());
    }

    /** Returns the shorter of two spans; not positive when the time is over. */
    static Duration within(Duration span, Duration bound) {
        return span.compareTo(bound) < 0 ? span : bound;
    }

    /**
     * Tells those who watch; what is asked back is told again with the answer, for that is where AUTH succeeds or not.
     */
    private void observe(Command shown, Step step) {
        if (service.observers().isEmpty()) {
            return;
        }
        switch (step) {
            case Step.Say(Reply reply) -> observe(shown, reply);
            case Step.Ask ask -> {
                asked = shown;
                observe(shown, ask.prompt());
            }
            case Step.Receive receive -> observe(shown, receive.goAhead());
            case Step.Switch change -> observe(shown, change.goAhead());
            case Step.Close(Reply goodbye) -> observe(shown, goodbye);
            case Step.Octets octets -> {} // answered when they have come
        }
    }

    private void observe(Command shown, Reply reply) {
        record.observe(observer -> observer.answered(record, shown, reply));
    }

    private static Command shown(VerbSpec spec, Command command) {
        return spec.has(Trait.SECRET) && !command.arguments().isEmpty() ? Command.of(command.verb(), "***") : command;
    }
}
