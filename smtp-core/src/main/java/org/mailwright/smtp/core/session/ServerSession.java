package org.mailwright.smtp.core.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.LineHandler;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.core.transport.Transport;
import org.mailwright.smtp.core.wire.Input;
import org.mailwright.smtp.core.wire.LineSplitter;
import org.mailwright.smtp.core.wire.LineSplitter.Line;

/**
 * The server's side of one conversation: octets in, replies out.
 *
 * <p>It works in turns. A turn uses up the input that has come; its replies leave in one write. A turn runs where its octets
 * arrived, until it meets code that may block: then the rest of the turn is {@linkplain Transport#offload offloaded}, and
 * no other event comes until it is over. So the fields need no lock.
 *
 * @since 0.1.0
 */
public final class ServerSession implements Conversation {

    private static final int MOST_OUTPUT = 64 * 1024;
    private static final int LINE_OF_ANSWER = 12288;

    /** What the input is read as. */
    private enum Mode {
        QUIET,
        COMMAND,
        ANSWER,
        CONTENT,
        SECURING,
        ENDED
    }

    private final SmtpService service;
    private final Input input = new Input();
    private final LineSplitter lines;
    private final Output output = new Output();
    private Mode mode = Mode.QUIET;
    private @Nullable Transport transport;
    private @Nullable Dialogue dialogue;
    private @Nullable Runnable waiting;
    private LineHandler answer = (line, session) -> Step.say(Failures.LOCAL_ERROR);
    private int answerLimit = LINE_OF_ANSWER;
    private @Nullable ContentReader content;
    private Step.@Nullable Switch switching;
    private boolean inputEnded;
    private boolean stopping;
    private boolean advanced; // whether this turn got a whole line, or content: the client's time starts anew
    private boolean cut; // whether the turn ended early because it had said enough
    private long contentSince;

    /** A session of a service, not yet connected. */
    public ServerSession(SmtpService service) {
        this.service = service;
        this.lines = new LineSplitter(service.profile().limits().lineFlood());
    }

    @Override
    public void opened(Transport connection) {
        transport = connection;
        dialogue = new Dialogue(service, connection, output);
        dialogue.record().observe(observer -> observer.connected(dialogue().record()));
        if (service.profile().implicitTls()) {
            mode = Mode.SECURING;
            return;
        }
        Duration quiet = service.profile().timeouts().greetingDelay();
        if (quiet.isZero()) {
            admit();
        } else {
            connection.deadline(quiet);
        }
    }

    @Override
    public void received(byte[] octets, int offset, int length) {
        switch (mode) {
            case COMMAND, ANSWER, CONTENT -> {
                input.add(octets, offset, length);
                turn();
            }
            case QUIET -> {
                dialogue().say(Reply.of(554, "5.5.1", "You must wait for the greeting"));
                end();
                settle();
            }
            case SECURING, ENDED -> {} // clear text behind STARTTLS, or a client that does not know when to stop
        }
    }

    @Override
    public void inputClosed() {
        inputEnded = true;
        if (mode != Mode.ENDED && !connection().congested()) {
            turn();
        }
    }

    @Override
    public void secured(TlsSession tls) {
        dialogue().record().secured(tls);
        mode = Mode.QUIET;
        advanced = true;
        boolean first = service.profile().implicitTls();
        later(service.mayBlock(Stage.TLS) || (first && service.mayBlock(Stage.CONNECT)), () -> {
            if (!dialogue().asked(Stage.TLS, tls)) {
                end();
            } else if (first) {
                greet();
            } else {
                mode = Mode.COMMAND;
            }
        });
        turn();
    }

    @Override
    public void writable() {
        if (mode == Mode.COMMAND || mode == Mode.ANSWER || mode == Mode.CONTENT) {
            connection().resumeReading();
            turn();
        }
    }

    @Override
    public void expired() {
        switch (mode) {
            case QUIET -> admit();
            case COMMAND, ANSWER, CONTENT -> {
                dialogue().say(Reply.of(421, "4.4.2", service.profile().hostname() + " Time-out, closing connection"));
                end();
                settle();
            }
            case SECURING, ENDED -> connection().abort();
        }
    }

    @Override
    public void stop() {
        stopping = true;
        if (mode == Mode.COMMAND && dialogue().betweenMails()) {
            turn();
        } else if (mode == Mode.QUIET || mode == Mode.SECURING) {
            end();
            settle();
        }
    }

    @Override
    public void closed(String why) {
        mode = Mode.ENDED;
        abandon();
        Dialogue known = dialogue;
        if (known != null) {
            known.record().observe(observer -> observer.closed(known.record(), why));
        }
    }

    private void admit() {
        advanced = true;
        later(service.mayBlock(Stage.CONNECT), this::greet);
        turn();
    }

    private void greet() {
        if (dialogue().asked(Stage.CONNECT, connection().remoteAddress())) {
            dialogue().say(Reply.of(220, service.profile().hostname() + " ESMTP"));
            mode = Mode.COMMAND;
        } else {
            end();
        }
    }

    /** Uses up the input, here as far as nothing may block, then elsewhere. */
    private void turn() {
        if (run(false)) {
            settle();
        } else {
            input.retain();
            connection().offload(() -> run(true), this::settle);
        }
    }

    /** Goes on until there is nothing to do; returns false when the next thing to do may block and that is not allowed. */
    private boolean run(boolean mayBlock) {
        while (mode != Mode.ENDED && switching == null) {
            if (output.size() >= MOST_OUTPUT) {
                cut = true;
                return true;
            }
            Runnable next = waiting;
            if (next != null) {
                if (!mayBlock) {
                    return false;
                }
                waiting = null;
                next.run();
            } else if (!advance()) {
                return true;
            }
        }
        return true;
    }

    /** Takes the next thing from the input; returns false when there is none. */
    private boolean advance() {
        return switch (mode) {
            case COMMAND -> command();
            case ANSWER -> answer();
            case CONTENT -> content();
            case QUIET, SECURING, ENDED -> false;
        };
    }

    /** Runs work now, or notes it for a thread that may block. */
    private void later(boolean mayBlock, Runnable work) {
        if (mayBlock) {
            waiting = work;
        } else {
            work.run();
        }
    }

    private boolean command() {
        if (stopping && dialogue().betweenMails()) {
            return false;
        }
        Optional<Line> next = lines.next(input, service.longestLine());
        if (next.isEmpty()) {
            return false;
        }
        advanced = true;
        switch (next.get()) {
            case Line.Text(String text, int octets) -> {
                Command command = Command.parse(text);
                Optional<SmtpService.Verb> verb = dialogue().admitted(command, octets);
                verb.ifPresent(known ->
                        later(known.mayBlock(), () -> apply(dialogue().handled(known, command))));
            }
            case Line.TooLong tooLong -> dialogue().refuse(Dialogue.TOO_LONG);
            case Line.Malformed malformed -> dialogue().refuse(Dialogue.MALFORMED);
            case Line.Flood flood -> {
                dialogue().refuse(Dialogue.TOO_LONG);
                end();
            }
        }
        return checked();
    }

    private boolean answer() {
        Optional<Line> next = lines.next(input, answerLimit);
        if (next.isEmpty()) {
            return false;
        }
        advanced = true;
        mode = Mode.COMMAND;
        LineHandler handler = answer;
        switch (next.get()) {
            case Line.Text(String text, int octets) ->
                later(NonBlocking.mayBlock(handler), () -> apply(dialogue().answered(handler, text)));
            case Line.TooLong tooLong -> dialogue().refuse(Dialogue.TOO_LONG);
            case Line.Malformed malformed -> dialogue().refuse(Dialogue.MALFORMED);
            case Line.Flood flood -> {
                dialogue().refuse(Dialogue.TOO_LONG);
                end();
            }
        }
        return checked();
    }

    private boolean content() {
        ContentReader reader = content;
        if (reader == null) {
            throw new IllegalStateException("reading content without a reader");
        }
        if (input.isEmpty() && !reader.ended()) {
            return false;
        }
        advanced = true;
        if (!reader.read(input)) {
            return false;
        }
        later(reader.mayBlock(), () -> settled(reader));
        return checked();
    }

    private void settled(ContentReader reader) {
        List<Reply> replies = reader.settle();
        if (reader.ended()) {
            content = null;
            mode = Mode.COMMAND;
            dialogue().mailEnded(replies);
            checked();
        }
    }

    private void apply(Step step) {
        switch (step) {
            case Step.Say(Reply reply) -> dialogue().say(reply);
            case Step.Ask(Reply prompt, LineHandler next, int maxLine) -> {
                dialogue().say(prompt);
                answer = next;
                answerLimit = maxLine;
                mode = Mode.ANSWER;
            }
            case Step.Receive receive -> {
                dialogue().say(receive.goAhead());
                read(new ContentReader(
                        receive.receiver(),
                        service.profile().limits(),
                        dialogue().failures()));
            }
            case Step.Octets octets ->
                read(new ContentReader(
                        octets.receiver(),
                        service.profile().limits(),
                        dialogue().failures(),
                        octets.count()));
            case Step.Switch change -> {
                dialogue().say(change.goAhead());
                switching = change;
            }
            case Step.Close(Reply goodbye) -> {
                dialogue().say(goodbye);
                end();
            }
        }
        checked();
    }

    private void read(ContentReader reader) {
        content = reader;
        contentSince = 0;
        mode = Mode.CONTENT;
    }

    /** Ends a session that has used up its errors, or that a gate wants gone. */
    private boolean checked() {
        if (mode != Mode.ENDED && switching == null) {
            Optional<Reply> goodbye = dialogue().exhausted();
            if (goodbye.isPresent()) {
                dialogue().say(goodbye.get());
                end();
            } else if (dialogue().unwelcome()) {
                end();
            }
        }
        return true;
    }

    /** The end of a turn, where the transport may be used again: sends the replies and does what was put off. */
    private void settle() {
        Transport connection = connection();
        if (output.size() > 0) {
            connection.write(output.take());
        }
        Step.Switch next = switching;
        if (mode == Mode.ENDED) {
            input.clear();
            abandon();
            connection.close();
        } else if (next != null) {
            switching = null;
            change(connection, next);
        } else if (connection.congested()) {
            input.retain();
            connection.suspendReading(); // until writable()
        } else if (cut) {
            cut = false;
            turn();
        } else {
            rest(connection);
        }
    }

    private void rest(Transport connection) {
        input.retain();
        if (inputEnded) {
            end();
            settle();
        } else if (stopping && mode == Mode.COMMAND && dialogue().betweenMails()) {
            dialogue().say(Reply.of(421, "4.3.2", service.profile().hostname() + " Service shutting down"));
            end();
            settle();
        } else {
            wait(connection);
        }
    }

    private void wait(Transport connection) {
        Timeouts timeouts = service.profile().timeouts();
        ContentReader reader = content;
        if (reader != null) {
            long now = connection.nanoTime();
            contentSince = contentSince == 0 ? now : contentSince;
            connection.deadline(left(timeouts, reader.total(), now - contentSince));
        } else if (advanced) {
            connection.deadline(dialogue().patience(connection.nanoTime()));
        }
        advanced = false;
    }

    private static Duration left(Timeouts timeouts, long octets, long nanos) {
        if (timeouts.minimumRate() == 0) {
            return timeouts.dataBlock();
        }
        Duration allowed = Duration.ofSeconds(60 + timeouts.dataBlock().toSeconds() + octets / timeouts.minimumRate());
        Duration remaining = allowed.minusNanos(nanos);
        Duration least = Duration.ofSeconds(1);
        Duration bounded = remaining.compareTo(timeouts.dataBlock()) < 0 ? remaining : timeouts.dataBlock();
        return bounded.compareTo(least) < 0 ? least : bounded;
    }

    private void change(Transport connection, Step.Switch next) {
        input.clear();
        lines.reset();
        switch (next) {
            case Step.UpgradeTls(Reply goAhead, TlsPolicy policy) -> {
                mode = Mode.SECURING;
                dialogue().record().reset();
                connection.startTls(policy);
            }
            case Step.ReverseRoles reverse -> {
                mode = Mode.ENDED;
                connection.handOver(reverse.taker().take(dialogue().record()));
            }
        }
    }

    private void end() {
        mode = Mode.ENDED;
    }

    /** Lets go of a mail that will not be completed. Its sink may have to wait for a disk, and this is no place for that. */
    private void abandon() {
        ContentReader reader = content;
        content = null;
        waiting = null;
        Dialogue known = dialogue;
        if (known == null) {
            return;
        }
        if (reader != null && reader.mayBlock()) {
            Thread.startVirtualThread(() -> {
                reader.abort();
                known.record().close();
            });
        } else {
            if (reader != null) {
                reader.abort();
            }
            known.record().close();
        }
    }

    private Transport connection() {
        Transport known = transport;
        if (known == null) {
            throw new IllegalStateException("not connected");
        }
        return known;
    }

    private Dialogue dialogue() {
        Dialogue known = dialogue;
        if (known == null) {
            throw new IllegalStateException("not connected");
        }
        return known;
    }
}
