package org.mailwright.smtp.queue;

import java.io.IOException;

/**
 * Says that the queue has no room for a mail now: becomes 452 4.3.1.
 *
 * @since 0.1.0
 */
public final class QueueFullException extends IOException {

    private static final long serialVersionUID = 1;

    /** Makes one. */
    public QueueFullException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Makes one. */
    public QueueFullException(String message) {
        super(message);
    }
}
