package org.mailwright.smtp.distribution.config;

import java.time.Duration;
import org.mailwright.smtp.core.session.Timeouts;

/**
 * How long to wait.
 *
 * @param session in a session
 * @param handshake for a whole TLS handshake
 * @param stop for the mails that are coming in when the server stops
 * @since 0.1.0
 */
public record TimeoutsConfig(Timeouts session, Duration handshake, Duration stop) {

    static TimeoutsConfig of(ConfigValues values) {
        return new TimeoutsConfig(
                new Timeouts(
                        values.get(ConfigKeys.GREETING_DELAY),
                        values.get(ConfigKeys.COMMAND),
                        values.get(ConfigKeys.DATA_BLOCK),
                        values.get(ConfigKeys.MINIMUM_RATE),
                        values.get(ConfigKeys.STRANGER)),
                values.get(ConfigKeys.HANDSHAKE),
                values.get(ConfigKeys.STOP));
    }
}
