package org.mailwright.smtp.core.extension;

import org.mailwright.smtp.core.reply.Reply;

/**
 * Watches a client's connection without a say in it: for logs, traces and figures. Called on the thread of the
 * connection, so it must be quick and must not wait. What it throws is logged and otherwise ignored.
 *
 * @since 0.1.0
 */
public interface ClientObserver {

    /** A line was sent; its text form hides what is secret. */
    default void sent(PeerView peer, ClientLine line) {}

    /** A reply was received. */
    default void received(PeerView peer, Reply reply) {}

    /** TLS is there. */
    default void secured(PeerView peer) {}

    /**
     * The connection is gone.
     *
     * @param why "" for an ordinary end
     */
    default void closed(PeerView peer, String why) {}
}
