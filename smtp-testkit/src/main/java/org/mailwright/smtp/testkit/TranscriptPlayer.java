package org.mailwright.smtp.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;

/** Plays a {@link Transcript} on a {@link Wire}, and fails where the server says anything else. */
final class TranscriptPlayer {

    private final Transcript transcript;
    private final Wire wire;
    private final List<String> heard = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();

    TranscriptPlayer(Transcript transcript, Wire wire) {
        this.transcript = transcript;
        this.wire = wire;
    }

    /** Plays it; returns the lines that the server said. */
    List<String> play() throws IOException {
        for (Act act : transcript.acts()) {
            play(act);
        }
        requireSilence(transcript.acts().getLast());
        return heard;
    }

    private void play(Act act) throws IOException {
        switch (act) {
            case Act.Send(int line, Octets octets) -> {
                requireSilence(act);
                log.append("C: ").append(octets).append('\n');
                wire.send(octets.toArray());
            }
            case Act.Line(int line, Pattern pattern) -> {
                String said = hear(act, pattern.toString());
                if (!pattern.matches(said)) {
                    throw failure(act, pattern.toString(), said);
                }
            }
            case Act.Whole whole -> hearReply(whole);
            case Act.Secure secure -> {
                requireSilence(act);
                log.append("TLS\n");
                wire.secure();
            }
            case Act.EndInput end -> wire.endInput();
            case Act.Drop drop -> wire.drop();
            case Act.Pass pass -> {
                requireSilence(act);
                wire.pass(pass.span());
            }
            case Act.Stop stop -> {
                requireSilence(act);
                wire.stop();
            }
            case Act.Closed closed -> {
                requireSilence(act);
                if (!wire.closed()) {
                    throw failure(act, "a closed connection", "an open one, or more replies");
                }
            }
        }
    }

    private void hearReply(Act.Whole act) throws IOException {
        String expected = act.code() + (act.wanted() ? " with " : " without ") + act.pattern();
        boolean found = false;
        String said;
        do {
            said = hear(act, expected);
            if (!said.startsWith(act.code()) || said.length() < 4) {
                throw failure(act, expected, said);
            }
            found |= act.pattern().matches(said.substring(4));
        } while (said.charAt(3) == '-');
        if (found != act.wanted()) {
            throw failure(act, expected, said);
        }
    }

    private String hear(Act act, String expected) throws IOException {
        Optional<String> next = wire.line();
        if (next.isEmpty()) {
            throw failure(act, expected, wire.closed() ? "a closed connection" : "nothing");
        }
        heard.add(next.get());
        log.append("S: ").append(Octets.escaped(next.get())).append('\n');
        return next.get();
    }

    private void requireSilence(Act act) {
        String more = wire.pending();
        if (!more.isEmpty()) {
            throw failure(act, "no more of the server", Octets.escaped(more));
        }
    }

    private AssertionFailedError failure(Act act, String expected, String found) {
        return new AssertionFailedError(
                transcript.name() + ":" + act.line() + ": expected " + expected + ", found " + found
                        + "\nThe dialogue so far:\n" + log,
                expected,
                found);
    }
}
