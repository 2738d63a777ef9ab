package org.mailwright.smtp.distribution.control;

import java.io.IOException;

/**
 * Nobody listens at the socket.
 *
 * @since 0.1.0
 */
public final class NoServerException extends IOException {
    private static final long serialVersionUID = 1L;

    NoServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
