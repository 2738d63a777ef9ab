package org.mailwright.smtp.core.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.extension.BodyWriter.Framing;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Body.MemoryBody;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.wire.DotEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of one mail on its way out, piece by piece as the connection takes it. Octets in memory go out from the
 * thread of the connection; any other body is read on a virtual thread.
 */
final class Content {

    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    /** Octets of the body that are taken at once. */
    private static final int PIECE = 64 * 1024;

    /** Room for the lines that may follow in the same write. */
    private static final int LINES = 512;

    /** Octets that the end of the content takes at most. */
    private static final int END = 5;

    private static final int LARGEST_CHUNK = 1024 * 1024;

    private static final Reply UNREADABLE = Reply.of(451, "4.3.0", "The content cannot be read");
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] DOT = {'.'};

    private final ClientEngine session;
    private final Exchange exchange;
    private final Delivery delivery;
    private final Body body;
    private final Framing framing;
    private final Timeouts timeouts;
    private final DotEncoder encoder;
    /** Who takes it out closes it: the thread that reads, or the one of the connection. */
    private final AtomicReference<@Nullable InputStream> stream = new AtomicReference<>();

    private volatile boolean closed;
    private byte[] piece = NOTHING;
    private int at;
    private int end;
    private boolean last;
    /** Where dots begin lines, when no line end is to be mended. */
    private Optional<List<Integer>> dots = Optional.empty();

    private boolean answerAwaited;
    private Object progress = new Object();

    Content(ClientEngine session, Exchange exchange, Delivery delivery, Body body, Framing framing, Timeouts timeouts) {
        this.session = session;
        this.exchange = exchange;
        this.delivery = delivery;
        this.body = body;
        this.framing = framing;
        this.timeouts = timeouts;
        this.encoder = new DotEncoder(framing instanceof Framing.Dotted);
    }

    /** Returns something that changes with each piece, for the deadline. */
    Object progress() {
        return progress;
    }

    /** Tells whether octets are to be sent, and no answer is awaited. */
    boolean sending() {
        return !answerAwaited;
    }

    Duration timeout() {
        return timeouts.block();
    }

    void begin() {
        if (body.memory().isPresent()) {
            MemoryBody memory = body.memory().get();
            piece = memory.octets();
            end = piece.length;
            last = true;
            boolean doubled = framing instanceof Framing.Dotted;
            dots = memory.dots().map(known -> doubled ? known : List.of());
        }
        advance();
    }

    /** Goes on, when the connection takes more. */
    void advance() {
        while (!answerAwaited && session.writable()) {
            if (delivery.cancelled()) {
                session.fail("The mail was cancelled", Moment.CONTENT);
                return;
            }
            if (at == end && !last) {
                read();
                return;
            }
            if (send()) {
                return;
            }
        }
    }

    /** Frees what the body holds. */
    void close() {
        closed = true;
        InputStream open = stream.getAndSet(null);
        if (open != null) {
            Thread.startVirtualThread(() -> closeQuietly(open));
        }
    }

    private static void closeQuietly(InputStream open) {
        try {
            open.close();
        } catch (IOException e) {
            LOG.debug("The content could not be closed", e);
        }
    }

    private void read() {
        int most = pieceSize();
        byte[] room = piece.length == most ? piece : new byte[roomFor(most)];
        session.offload(true, () -> fill(room), count -> filled(room, count), this::unreadable);
    }

    /** A small body needs no more room than it has octets, and one more that is left free shows its end. */
    private int roomFor(int most) {
        OptionalLong size = body.size();
        return size.isPresent() && size.getAsLong() < most ? (int) size.getAsLong() + 1 : most;
    }

    /** Runs on a virtual thread. */
    private int fill(byte[] room) throws IOException {
        InputStream open = stream.get();
        if (open == null) {
            open = body.open();
            stream.set(open);
        }
        if (closed) {
            // close() may have come while the body was being opened, and have found nothing.
            if (stream.compareAndSet(open, null)) {
                open.close();
            }
            throw new IOException("The content was closed");
        }
        int count = open.readNBytes(room, 0, room.length);
        if (count < room.length && stream.compareAndSet(open, null)) {
            open.close();
        }
        return count;
    }

    private void filled(byte[] room, int count) {
        piece = room;
        at = 0;
        end = count;
        last = count < room.length;
        advance();
    }

    private void unreadable(Exception failure) {
        Reply reply = failure.getCause() instanceof SmtpException refusal ? refusal.reply() : UNREADABLE;
        delivery.contentRefused(reply);
        session.fail("The content cannot be read: " + failure, Moment.CONTENT);
    }

    private int pieceSize() {
        return switch (framing) {
            case Framing.Dotted dotted -> PIECE;
            case Framing.Chunked chunked -> Math.min(chunked.size(), LARGEST_CHUNK);
        };
    }

    /** Sends the next piece; true when that was all. */
    private boolean send() {
        progress = new Object();
        int count = Math.min(pieceSize(), end - at);
        boolean ends = last && at + count == end;
        switch (framing) {
            case Framing.Dotted dotted -> encode(exchange.out(), count, ends);
            case Framing.Chunked chunked -> {
                Outbox chunk = new Outbox();
                if (chunked.lines()) {
                    encode(chunk, count, ends);
                } else {
                    chunk.add(piece, at, count);
                }
                exchange.announce(ClientLine.of(chunked.header().of(chunk.length(), ends)));
                exchange.out().add(chunk.array(), 0, chunk.length());
                if (!ends) {
                    answerAwaited = true;
                    exchange.expect(timeouts.finalReply(), this::chunkAnswered);
                }
            }
        }
        at += count;
        if (ends) {
            delivery.contentSent();
        } else {
            exchange.flush();
        }
        return ends;
    }

    private void chunkAnswered(Reply reply) {
        answerAwaited = false;
        if (reply.isPositive()) {
            advance();
        } else if (reply.isIntermediate()) {
            session.fail("The server answered out of turn: " + reply, Moment.CONTENT);
        } else {
            delivery.chunkRefused(reply);
        }
    }

    /** Puts so many octets of the piece into the outbox, and what ends the content behind the last. */
    private void encode(Outbox out, int count, boolean ends) {
        int more = ends ? LINES : 0;
        if (dots.isPresent()) {
            stuff(out, count, dots.get(), more);
        } else {
            out.room(DotEncoder.worstCase(count) + END + more);
            out.filledTo(encoder.encode(piece, at, count, out.array(), out.length()));
        }
        if (ends) {
            out.room(END);
            out.filledTo(encoder.end(out.array(), out.length()));
        }
    }

    /** Copies what has only dots to be doubled, and these are known. */
    private void stuff(Outbox out, int count, List<Integer> dots, int more) {
        out.room(count + dots.size() + END + more);
        int from = at;
        int to = at + count;
        for (int dot : dots) {
            if (dot >= at && dot < to) {
                out.add(piece, from, dot - from);
                out.add(DOT);
                from = dot;
            }
        }
        out.add(piece, from, to - from);
    }
}
