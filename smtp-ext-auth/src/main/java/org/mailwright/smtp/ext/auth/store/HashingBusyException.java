package org.mailwright.smtp.ext.auth.store;

import java.io.IOException;
import java.time.Duration;

/**
 * More passwords are being checked than the server may work on at the same time: a temporary failure.
 *
 * @since 0.1.0
 */
public final class HashingBusyException extends IOException {

    HashingBusyException(Duration waited) {
        super("no thread was free for hashing a password within " + waited.toMillis() + " ms");
    }
}
