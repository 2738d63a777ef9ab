package org.mailwright.smtp.core.session;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.LineHandler;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.wire.Input;
import org.mailwright.smtp.core.wire.LineSplitter;
import org.mailwright.smtp.core.wire.LineSplitter.Line;

/**
 * Uses up the input of a session: takes lines and content from it, has them handled, and notes what comes of it.
 * Touches no transport, so it can go on in another thread.
 */
final class Turn {

    private static final int MOST_OUTPUT = 64 * 1024;

    /** What the input is read as. */
    enum Mode {
        /** Nothing may come yet. */
        QUIET,
        /** Commands. */
        COMMAND,
        /** A line that answers a question. */
        ANSWER,
        /** The content of a mail. */
        CONTENT,
        /** Nothing in clear any more. */
        SECURING,
        /** Nothing any more. */
        ENDED
    }

    private final SmtpService service;
    private final Dialogue dialogue;
    private final Output output;
    private final Input input = new Input();
    private final LineSplitter lines;
    private Mode mode = Mode.QUIET;
    private @Nullable Runnable waiting;
    private @Nullable LineHandler answer;
    private int answerLimit;
    private @Nullable ContentReader content;
    private Step.@Nullable Switch switching;
    private boolean stopping;
    private boolean advanced;
    private boolean cut;

    Turn(SmtpService service, Dialogue dialogue, Output output) {
        this.service = service;
        this.dialogue = dialogue;
        this.output = output;
        this.lines = new LineSplitter(service.profile().limits().lineFlood());
    }

    Input input() {
        return input;
    }

    Mode mode() {
        return mode;
    }

    void enter(Mode next) {
        mode = next;
    }

    void end() {
        mode = Mode.ENDED;
    }

    /** No new mail is begun from now on. */
    void stop() {
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }

    /** Returns the content that is being read. */
    Optional<ContentReader> content() {
        return Optional.ofNullable(content);
    }

    /** Takes the content that was being read, and drops what waits. */
    Optional<ContentReader> abandon() {
        Optional<ContentReader> unfinished = content();
        content = null;
        waiting = null;
        input.clear();
        return unfinished;
    }

    /** Takes the switch that is due. */
    Optional<Step.Switch> takeSwitch() {
        Optional<Step.Switch> due = Optional.ofNullable(switching);
        switching = null;
        if (due.isPresent()) {
            input.clear();
            lines.reset();
        }
        return due;
    }

    /** Tells, once, whether a whole line or some content has come: the client's time begins anew. */
    boolean takeAdvanced() {
        boolean was = advanced;
        advanced = false;
        return was;
    }

    /** Tells, once, whether the turn ended early because it had said enough. */
    boolean takeCut() {
        boolean was = cut;
        cut = false;
        return was;
    }

    /** Runs work when the turn runs, or notes it for a thread that may block. */
    void later(boolean mayBlock, Runnable work) {
        advanced = true;
        if (mayBlock) {
            waiting = work;
        } else {
            work.run();
        }
    }

    /**
     * Goes on until there is nothing to do; returns false when the next thing to do may block and that is not allowed.
     */
    boolean run(boolean mayBlock) {
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
        boolean more = switch (mode) {
            case COMMAND -> command();
            case ANSWER -> answer();
            case CONTENT -> readContent();
            case QUIET, SECURING, ENDED -> false;
        };
        advanced |= more;
        return more;
    }

    private boolean command() {
        if (stopping && dialogue.betweenMails()) {
            return false;
        }
        Optional<Line> next = lines.next(input, service.longestLine());
        if (next.isEmpty()) {
            return false;
        }
        if (next.get() instanceof Line.Text(String text, int octets)) {
            Command command = Command.parse(text);
            dialogue.known(command).ifPresent(verb -> handle(verb, command, octets));
        } else {
            unusable(next.get());
        }
        checkWelcome();
        return true;
    }

    private void handle(SmtpService.Verb verb, Command command, int octets) {
        Optional<Step> refused = dialogue.refused(verb.spec(), command, octets);
        if (refused.isPresent()) {
            apply(refused.get());
        } else {
            later(verb.mayBlock(), () -> apply(dialogue.handled(verb, command)));
        }
    }

    private boolean answer() {
        Optional<Line> next = lines.next(input, answerLimit);
        LineHandler handler = answer;
        if (next.isEmpty() || handler == null) {
            return false;
        }
        answer = null;
        mode = Mode.COMMAND;
        if (next.get() instanceof Line.Text(String text, int octets)) {
            later(NonBlocking.mayBlock(handler), () -> apply(dialogue.answered(handler, text)));
        } else {
            unusable(next.get());
        }
        checkWelcome();
        return true;
    }

    private void unusable(Line line) {
        switch (line) {
            case Line.Text text -> {} // is used
            case Line.TooLong tooLong -> dialogue.say(Dialogue.TOO_LONG);
            case Line.Malformed malformed -> dialogue.say(Dialogue.MALFORMED);
            case Line.Flood flood -> {
                dialogue.say(Dialogue.TOO_LONG);
                end();
            }
        }
    }

    private boolean readContent() {
        ContentReader reader = content;
        if (reader == null || (input.isEmpty() && !reader.ended())) {
            return false;
        }
        if (reader.read(input)) {
            later(reader.mayBlock(), () -> settle(reader));
            return true;
        }
        advanced = true;
        return false;
    }

    private void settle(ContentReader reader) {
        List<Reply> replies = reader.settle();
        if (reader.ended()) {
            content = null;
            mode = Mode.COMMAND;
            dialogue.mailEnded(replies);
            checkWelcome();
        }
    }

    private void apply(Step step) {
        switch (step) {
            case Step.Say(Reply reply) -> dialogue.say(reply);
            case Step.Ask(Reply prompt, LineHandler next, int maxLine) -> {
                dialogue.say(prompt);
                answer = next;
                answerLimit = maxLine;
                mode = Mode.ANSWER;
            }
            case Step.Receive receive -> {
                dialogue.say(receive.goAhead());
                read(new ContentReader(receive.receiver(), service.profile().limits(), dialogue.failures()));
            }
            case Step.Octets octets ->
                read(new ContentReader(
                        octets.receiver(), service.profile().limits(), dialogue.failures(), octets.count()));
            case Step.Switch change -> {
                dialogue.say(change.goAhead());
                switching = change;
            }
            case Step.Close(Reply goodbye) -> {
                dialogue.say(goodbye);
                end();
            }
        }
        checkWelcome();
    }

    private void read(ContentReader reader) {
        content = reader;
        mode = Mode.CONTENT;
    }

    /** Ends a session that has used up what is forgiven, or that a gate wants gone. */
    private void checkWelcome() {
        if (mode == Mode.ENDED || switching != null) {
            return;
        }
        Optional<Reply> goodbye = dialogue.exhausted();
        goodbye.ifPresent(dialogue::say);
        if (goodbye.isPresent() || dialogue.unwelcome()) {
            end();
        }
    }
}
