package org.mailwright.smtp.relay;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.mailwright.smtp.core.reply.Reply;

/**
 * How to reach a next hop: its hosts one after the other, each looked up when its turn has come. For one attempt, by
 * one thread.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MxPlan {

    /**
     * Returns the next host to try, or why there is none. It may block for look-ups. Not to be asked again after
     * {@link Nowhere}.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    Step next() throws InterruptedException;

    /** What a plan says next. */
    sealed interface Step permits Host, Nowhere {}

    /** One host: its name, which a certificate must bear, its addresses in the order to try, and the port. */
    record Host(String name, List<InetAddress> addresses, int port) implements Step {
        /** Copies the list. */
        public Host {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * No more hosts.
     *
     * @param reply why there was none at all: a 5xx is final, a 4xx is not. After a host, a 4xx says that there may be
     *     more which cannot be looked up now, and a 5xx says nothing
     */
    record Nowhere(Reply reply) implements Step {}

    /** Returns a plan of steps that are known. */
    static MxPlan of(List<? extends Host> hosts, Nowhere end) {
        Deque<Host> left = new ArrayDeque<>(hosts);
        return () -> left.isEmpty() ? end : left.removeFirst();
    }
}
