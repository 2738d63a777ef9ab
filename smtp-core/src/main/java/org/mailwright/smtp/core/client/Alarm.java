package org.mailwright.smtp.core.client;

import java.time.Duration;
import java.util.Optional;
import org.mailwright.smtp.core.transport.Transport;

/**
 * Keeps the deadline of a connection: for the reply that is next, from when it became the next, so that octets that
 * trickle in do not prolong it; or for the next piece of content to leave.
 */
final class Alarm {

    private static final Object IDLE = "idle";

    private final Transport transport;
    private Object armed = this;

    Alarm(Transport transport) {
        this.transport = transport;
    }

    /**
     * Sets the deadline anew if what is awaited has changed.
     *
     * @param idle for when nothing is; zero for none
     */
    void set(Optional<Content> content, Optional<Exchange.Expected> head, Duration idle) {
        if (content.isPresent()) {
            arm(content.get().progress(), content.get().timeout());
        } else if (head.isPresent()) {
            arm(head.get(), head.get().timeout());
        } else {
            arm(IDLE, idle);
        }
    }

    private void arm(Object awaited, Duration time) {
        if (!awaited.equals(armed)) {
            armed = awaited;
            transport.deadline(time);
        }
    }
}
