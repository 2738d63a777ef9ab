package org.mailwright.smtp.core.client;

import java.net.ProtocolException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.wire.ReplyReader;

/** Makes replies of octets, one at a time, and keeps what comes while nobody listens. */
final class Hearing {

    private static final byte[] NOTHING = new byte[0];

    private final ReplyReader reader;
    private final BooleanSupplier listens;
    private final Consumer<Reply> taker;
    private final Consumer<String> nonsense;
    private byte[] held = NOTHING;

    /**
     * Makes one.
     *
     * @param listens tells whether the next reply may be given out
     * @param taker gets each reply
     * @param nonsense is told what is wrong with octets that are no reply; must stop listening
     */
    Hearing(ReplyReader reader, BooleanSupplier listens, Consumer<Reply> taker, Consumer<String> nonsense) {
        this.reader = reader;
        this.listens = listens;
        this.taker = taker;
        this.nonsense = nonsense;
    }

    /** Takes octets behind those that are kept. */
    void hear(byte[] octets, int offset, int length) {
        int at = offset;
        int end = offset + length;
        try {
            while (at < end && listens.getAsBoolean()) {
                at += reader.feed(octets, at, end - at);
                if (reader.complete()) {
                    taker.accept(reader.take());
                }
            }
        } catch (ProtocolException e) {
            nonsense.accept(String.valueOf(e.getMessage()));
        }
        if (at < end) {
            int kept = held.length;
            held = Arrays.copyOf(held, kept + end - at);
            System.arraycopy(octets, at, held, kept, end - at);
        }
    }

    /** Gives out what was kept. */
    void catchUp() {
        byte[] rest = held;
        held = NOTHING;
        hear(rest, 0, rest.length);
    }

    /** Tells whether every octet that came belongs to a reply that was given out. */
    boolean isEven() {
        return held.length == 0 && reader.empty();
    }
}
