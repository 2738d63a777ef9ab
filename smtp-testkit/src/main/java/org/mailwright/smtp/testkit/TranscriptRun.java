package org.mailwright.smtp.testkit;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/**
 * One transcript, to be played in one way. A test method marked {@link TranscriptTest} gets it as a parameter.
 *
 * @since 0.1.0
 */
public final class TranscriptRun {

    private final Transcript transcript;
    private final Way way;

    /** A run of a transcript, for tests that do without {@link TranscriptTest}. */
    public TranscriptRun(Transcript transcript, Way way) {
        this.transcript = transcript;
        this.way = way;
    }

    /** Returns the transcript. */
    public Transcript transcript() {
        return transcript;
    }

    /** Returns the way in which it is played. */
    public Way way() {
        return way;
    }

    /** Plays it against a service whose mails are kept; returns them. Fails when the dialogue goes otherwise. */
    public List<RecordedMail> play(TestService service) throws IOException {
        return play(service, RecordingSink::blocking);
    }

    /**
     * Plays it against a service.
     *
     * @param sinks makes the sink; called twice when each octet comes alone, to compare
     * @return the mails that the sink took
     */
    public List<RecordedMail> play(TestService service, Supplier<RecordingSink> sinks) throws IOException {
        return switch (way) {
            case MEMORY -> inMemory(service, sinks.get(), false).mails();
            case OCTETS -> compared(service, sinks);
            case SOCKET -> overSocket(service, sinks.get());
        };
    }

    private record Played(List<String> replies, List<RecordedMail> mails) {}

    private Played inMemory(TestService service, RecordingSink sink, boolean octetwise) throws IOException {
        try (MemoryWire wire = new MemoryWire(service.into(sink).conversation(), octetwise)) {
            List<String> replies = new TranscriptPlayer(transcript, wire).play();
            return new Played(replies, checked(sink).mails());
        }
    }

    private List<RecordedMail> compared(TestService service, Supplier<RecordingSink> sinks) throws IOException {
        Played whole = inMemory(service, sinks.get(), false);
        Played split = inMemory(service, sinks.get(), true);
        if (!whole.equals(split)) {
            throw new AssertionFailedError(
                    transcript.name() + ": octets that come alone make a difference", whole, split);
        }
        return split.mails();
    }

    private List<RecordedMail> overSocket(TestService service, RecordingSink sink) throws IOException {
        try (TestServer server = TestServer.start(service, sink);
                SocketWire wire = new SocketWire(server.address())) {
            new TranscriptPlayer(transcript, wire).play();
        }
        return checked(sink).mails();
    }

    private RecordingSink checked(RecordingSink sink) {
        if (!sink.violations().isEmpty()) {
            throw new AssertionFailedError(
                    transcript.name() + ": the contract of the sink was broken", List.of(), sink.violations());
        }
        return sink;
    }

    @Override
    public String toString() {
        return transcript.name() + " " + way.name().toLowerCase(Locale.ROOT);
    }
}
