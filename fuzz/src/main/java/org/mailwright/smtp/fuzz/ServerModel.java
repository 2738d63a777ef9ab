package org.mailwright.smtp.fuzz;

import java.util.ArrayDeque;
import java.util.Set;
import java.util.regex.Matcher;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.core.text.Utf8;

/**
 * What a client makes of the dialogue: one reply to each line, in order; the content where it was asked for, and what
 * became of it. It knows nothing of the server but SMTP, and finds lines and ends of content by searching for them.
 */
final class ServerModel implements ServerRun.Listener {

    private enum Mode {
        QUIET,
        COMMAND,
        ANSWER,
        CONTENT,
        CHUNK,
        SECURING,
        OVER
    }

    /** Replies behind which a server may close the connection. */
    private static final Set<Integer> LAST = Set.of(221, 421, 500, 554);

    private final ArrayDeque<Reply> replies = new ArrayDeque<>();
    private final MailLedger mails;
    private Mode mode = Mode.OVER;
    private String input = "";
    private boolean tlsFirst;
    private boolean inputEnded;
    private boolean stopping;
    private boolean quietOnStart;
    private int chunk;
    private boolean lastChunk;
    private int lastCode;
    private int errors;
    private boolean accepted;

    ServerModel(ServerSetup setup) {
        this.mails = new MailLedger(setup);
        this.tlsFirst = setup.implicitTls();
        this.quietOnStart = setup.quiet();
    }

    @Override
    public void opened(String said, ServerRun run) {
        read(said);
        if (tlsFirst) {
            mode = Mode.SECURING;
        } else if (quietOnStart) {
            mode = Mode.QUIET;
        } else {
            greeting();
        }
        done(run);
    }

    @Override
    public void octets(byte[] octets, String said, ServerRun run) {
        read(said);
        input += Check.latin(octets);
        if (mode == Mode.QUIET && octets.length > 0) {
            Check.same(554, next().code(), "the answer to an early talker");
            mode = Mode.OVER;
        }
        consume(run);
        done(run);
    }

    @Override
    public void event(char what, String said, ServerRun run) {
        read(said);
        switch (what) {
            case 'D' -> expired();
            case 'E' -> {
                inputEnded = true;
                mode = mode == Mode.SECURING ? mode : Mode.OVER; // told when the handshake is over
            }
            case 'X' -> {
                mode = Mode.OVER;
                mails.checkAll(run.sink());
            }
            case 'S' -> {
                stopping = true;
                mode = mode == Mode.QUIET || mode == Mode.SECURING ? Mode.OVER : mode;
                consume(run);
            }
            case 'T' -> secured(run);
            default -> {} // nothing happens
        }
        done(run);
    }

    private void expired() {
        switch (mode) {
            case QUIET -> greeting();
            case COMMAND, ANSWER, CONTENT, CHUNK -> {
                Check.same(421, next().code(), "the reply when time is over");
                mode = Mode.OVER;
            }
            case SECURING, OVER -> mode = Mode.OVER;
        }
    }

    private void secured(ServerRun run) {
        if (mode == Mode.SECURING) {
            input = "";
            mails.forget();
            mode = Mode.COMMAND;
            if (tlsFirst) {
                tlsFirst = false;
                greeting();
            }
            consume(run);
            mode = inputEnded ? Mode.OVER : mode;
        }
    }

    private void greeting() {
        Check.same(220, next().code(), "the greeting");
        mode = Mode.COMMAND;
    }

    private void done(ServerRun run) {
        Check.same("[]", replies.toString(), "replies that nobody asked for");
        Check.same(mode == Mode.SECURING, run.handshake() && run.open(), "a TLS handshake");
        Check.same(mode != Mode.OVER, run.open(), "open in mode " + mode + " after " + lastCode);
    }

    private void consume(ServerRun run) {
        while (mode != Mode.OVER && step(run)) {
            if (!replies.isEmpty() && replies.getFirst().code() == 421) {
                next();
                mode = Mode.OVER;
            } else if (replies.isEmpty() && !run.open() && LAST.contains(lastCode)) {
                mode = Mode.OVER;
            }
            Check.that(mode == Mode.OVER || errors <= ServerSetup.ERRORS, "more errors than are forgiven");
        }
    }

    /** Uses up one thing; returns false when there is none. */
    private boolean step(ServerRun run) {
        return switch (mode) {
            case COMMAND -> {
                if (stopping && !mails.open()) {
                    Check.same(421, next().code(), "the reply when the server stops");
                    mode = Mode.OVER;
                }
                yield mode == Mode.COMMAND && line(Limits.DEFAULT.line());
            }
            case ANSWER -> line(FuzzExtension.ANSWER);
            case CONTENT -> content(run);
            case CHUNK -> chunk(run);
            case QUIET, SECURING, OVER -> false;
        };
    }

    private boolean line(int limit) {
        int end = input.indexOf("\r\n");
        int length = end < 0 ? input.length() : end + 2;
        if (length - limit > ServerSetup.FLOOD) {
            Check.same(500, next().code(), "the reply to a flood");
            mode = Mode.OVER;
            return true;
        }
        if (end < 0) {
            return false;
        }
        String text = Utf8.decode(Check.octets(input.substring(0, end))).orElse("\0");
        input = input.substring(end + 2);
        boolean answer = mode == Mode.ANSWER;
        mode = Mode.COMMAND;
        if (length > limit) {
            Check.same(500, next().code(), "the reply to a line that is too long");
        } else if (Command.firstControl(text) >= 0) {
            Check.same(501, next().code(), "the reply to a malformed line");
        } else if (answer) {
            mode = next().code() == 334 ? Mode.ANSWER : Mode.COMMAND;
        } else {
            Command command = Command.parse(text);
            Matcher words = FuzzExtension.CHUNK.matcher(command.arguments());
            if (command.verb().equals("BDAT") && words.matches()) {
                chunk = Integer.parseInt(words.group(1));
                lastChunk = words.group(2) != null;
                mode = Mode.CHUNK;
                return true; // answered when its octets have come
            }
            command(command, next().code());
        }
        return true;
    }

    private void command(Command command, int code) {
        boolean fine = code >= 200 && code < 300;
        boolean bare = command.arguments().isEmpty();
        switch (command.verb()) {
            case "NOOP" -> Check.same(250, code, "the reply to NOOP");
            case "RSET" -> Check.same(bare ? 250 : 501, code, "the reply to RSET");
            case "QUIT" -> Check.same(bare ? 221 : 501, code, "the reply to QUIT");
            case "EHLO", "HELO", "LHLO" ->
                Check.that(code == 250 || code >= 500, "a greeting is answered with " + code);
            case "MAIL" -> mails.begin(fine);
            case "RCPT" -> mails.recipient(fine);
            case "DATA" -> Check.that(code == 354 || code >= 400, "DATA is answered with " + code);
            case "STARTTLS" -> Check.that(code == 220 || code == 503, "STARTTLS is answered with " + code);
            case "ASK" -> Check.same(334, code, "the reply to ASK");
            case "BDAT" -> Check.same(501, code, "the reply to a malformed BDAT");
            case "BOOM" -> Check.same(451, code, "the reply to a failure");
            default -> Check.that(code == 500 || code == 554, "an unknown command is answered with " + code);
        }
        after(command.verb(), code);
    }

    private void after(String verb, int code) {
        switch (verb) {
            case "RSET", "EHLO", "HELO", "LHLO" -> {
                if (code == 250) {
                    mails.forget();
                }
            }
            case "QUIT" -> mode = code == 221 ? Mode.OVER : mode;
            case "ASK" -> mode = Mode.ANSWER;
            case "DATA" -> {
                if (code == 354) {
                    mails.data();
                    mode = Mode.CONTENT;
                }
            }
            case "STARTTLS" -> {
                if (code == 220) {
                    mails.forget();
                    mode = Mode.SECURING;
                }
            }
            default -> {} // nothing but the reply
        }
    }

    private boolean chunk(ServerRun run) {
        if (input.length() < chunk) {
            return false;
        }
        String octets = input.substring(0, chunk);
        input = input.substring(chunk);
        mode = Mode.COMMAND;
        ofOneMail(() -> mails.chunk(octets, lastChunk, this::next, run.sink()));
        return true;
    }

    private boolean content(ServerRun run) {
        int end = ("\r\n" + input).indexOf("\r\n.\r\n");
        if (end < 0) {
            return false;
        }
        String arrived = input.substring(0, end + 3);
        input = input.substring(end + 3);
        mode = Mode.COMMAND;
        ofOneMail(() -> mails.content(arrived, this::next, run.sink()));
        return true;
    }

    /** One mail is one error, however many recipients it had. */
    private void ofOneMail(Runnable replies) {
        int before = errors;
        accepted = false;
        replies.run();
        errors = Math.min(errors, before + 1);
        if (accepted && !mails.open()) {
            errors /= 2;
        }
    }

    private Reply next() {
        Check.that(!replies.isEmpty(), "a reply is missing in mode " + mode + " after " + lastCode);
        Reply reply = replies.removeFirst();
        lastCode = reply.code();
        accepted |= reply.isPositive();
        boolean tooMany = lastCode == 452 && reply.text().contains("Too many recipients");
        errors += lastCode >= 400 && !tooMany ? 1 : 0;
        return reply;
    }

    private void read(String said) {
        replies.addAll(Said.replies(said));
    }
}
