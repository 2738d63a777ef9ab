package org.mailwright.smtp.distribution.config;

import java.time.Duration;
import java.util.List;

/**
 * What AUTH is told.
 *
 * @param mechanisms in the order of the offer; empty: all that can be offered and need not be named
 * @param requireTls whether nobody logs in without TLS
 * @param failuresPerConnection failed logins after which a session is closed
 * @param failuresPerAddress the same of one client address within the window
 * @param failureWindow how long they are counted
 * @param failureDelay how long the answer to the first failed login waits
 * @since 0.1.0
 */
public record AuthSettings(
        List<String> mechanisms,
        boolean requireTls,
        int failuresPerConnection,
        int failuresPerAddress,
        Duration failureWindow,
        Duration failureDelay) {

    static AuthSettings of(ConfigValues values) {
        return new AuthSettings(
                values.get(ConfigKeys.AUTH_MECHANISMS),
                values.get(ConfigKeys.AUTH_REQUIRE_TLS),
                values.get(ConfigKeys.AUTH_FAILURES_PER_CONNECTION),
                values.get(ConfigKeys.AUTH_FAILURES_PER_ADDRESS),
                values.get(ConfigKeys.AUTH_FAILURE_WINDOW),
                values.get(ConfigKeys.AUTH_FAILURE_DELAY));
    }
}
