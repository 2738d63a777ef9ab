package org.mailwright.smtp.core.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.extension.BodyReceiver;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.wire.DotDecoder;
import org.mailwright.smtp.core.wire.Input;

/**
 * Reads one content, up to CRLF.CRLF or a number of octets, into its receiver. A receiver that may block is given what
 * was collected, in few large pieces; one that does not is given the octets where they lie. When the receiver fails,
 * the rest is still read.
 */
final class ContentReader {

    private static final int FIRST_BUFFER = 4096;
    private static final Reply BARE_LINE_END =
            Reply.of(550, "5.6.11", "Bare CR or LF in the content; lines end in CRLF");

    private final BodyReceiver receiver;
    private final Failures failures;
    private final @Nullable DotDecoder dots;
    private final boolean refuseBare;
    private final int bound;
    private final boolean mayBlock;
    private byte[] collected = {};
    private int size;
    private long left;
    private long total;
    private @Nullable Reply failure;
    private OptionalLong since = OptionalLong.empty();

    /** Reads up to CRLF.CRLF. */
    ContentReader(BodyReceiver receiver, Limits limits, Failures failures) {
        this(receiver, limits, failures, new DotDecoder(limits.repairLineEnds()), 0);
    }

    /** Reads a number of octets. */
    ContentReader(BodyReceiver receiver, Limits limits, Failures failures, long count) {
        this(receiver, limits, failures, null, count);
    }

    private ContentReader(
            BodyReceiver receiver, Limits limits, Failures failures, @Nullable DotDecoder dots, long count) {
        this.receiver = receiver;
        this.failures = failures;
        this.dots = dots;
        this.left = count;
        this.refuseBare = !limits.repairLineEnds();
        this.bound = limits.bodyBuffer();
        this.mayBlock = receiver.mayBlock();
    }

    /** Tells whether {@link #settle} may block. */
    boolean mayBlock() {
        return mayBlock;
    }

    /** Returns how many octets have come. */
    long total() {
        return total;
    }

    /** Returns how long to wait for more: less and less for a client that falls behind the minimum rate. */
    Duration patience(Timeouts timeouts, long now) {
        if (since.isEmpty()) {
            since = OptionalLong.of(now);
        }
        if (timeouts.minimumRate() == 0) {
            return timeouts.dataBlock();
        }
        Duration allowed = timeouts.dataBlock().plusSeconds(60 + total / timeouts.minimumRate());
        return Dialogue.within(allowed.minusNanos(now - since.getAsLong()), timeouts.dataBlock());
    }

    /** Uses octets of the input; returns whether {@link #settle} is due: the end has come, or the buffer is full. */
    boolean read(Input input) {
        do {
            readSome(input);
            // stuffed dots leave room in the buffer: what is left of the input is not to wait for more of it
        } while (!ended() && size < bound && !input.isEmpty());
        return ended() || size >= bound;
    }

    private void readSome(Input input) {
        int from = input.from();
        int to = input.to();
        if (mayBlock && failure == null) {
            to = Math.min(to, from + bound - size);
        }
        int used;
        if (dots != null) {
            used = dots.decode(input.octets(), from, to, this::take);
        } else {
            used = from + (int) Math.min(left, to - from);
            left -= used - from;
            take(input.octets(), from, used - from);
        }
        total += used - from;
        input.consumeTo(used);
    }

    /** Tells whether everything has come. */
    boolean ended() {
        return dots != null ? dots.ended() : left == 0;
    }

    /** Gives the receiver what was collected; when the end has come, ends it and returns the replies. May block. */
    List<Reply> settle() {
        if (size > 0) {
            byte[] octets = collected;
            int length = size;
            size = 0;
            collected = ended() ? new byte[0] : octets;
            write(octets, 0, length);
        }
        return ended() ? end() : List.of();
    }

    /** Ends without success: the client is gone, or too slow. */
    void abort() {
        if (failure == null) {
            failures.logged(receiver::abort);
        }
    }

    private List<Reply> end() {
        if (failure == null && refuseBare && dots != null && dots.sawBareLineEnd()) {
            fail(BARE_LINE_END);
        }
        if (failure == null) {
            try {
                return answered(receiver.end());
            } catch (SmtpException | IOException | RuntimeException | Error refused) {
                fail(failures.reply(refused));
            }
        }
        Reply reply = failure == null ? Failures.LOCAL_ERROR : failure;
        return failures.attempt(() -> answered(receiver.refuse(reply))).orElse(List.of(reply));
    }

    private static List<Reply> answered(List<Reply> replies) {
        if (replies.isEmpty()) {
            throw new IllegalStateException("a receiver ended without a reply");
        }
        return replies;
    }

    private void take(byte[] octets, int offset, int length) {
        if (failure != null || length == 0) {
            return;
        }
        if (!mayBlock) {
            write(octets, offset, length);
            return;
        }
        if (collected.length - size < length) {
            int wanted = Math.max(Math.max(FIRST_BUFFER, 4 * collected.length), size + length);
            collected = Arrays.copyOf(collected, Math.max(size + length, Math.min(wanted, bound)));
        }
        System.arraycopy(octets, offset, collected, size, length);
        size += length;
    }

    private void write(byte[] octets, int offset, int length) {
        if (failure != null) {
            return;
        }
        try {
            receiver.write(ByteBuffer.wrap(octets, offset, length));
        } catch (SmtpException | IOException | RuntimeException | Error refused) {
            fail(failures.reply(refused));
        }
    }

    private void fail(Reply reply) {
        failure = reply;
        collected = new byte[0];
        size = 0;
        failures.logged(receiver::abort);
    }
}
