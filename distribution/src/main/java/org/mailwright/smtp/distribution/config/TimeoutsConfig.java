package org.mailwright.smtp.distribution.config;

import java.time.Duration;

/**
 * How long to wait.
 *
 * @param command for a whole command
 * @param dataBlock for the next octets of a mail
 * @param handshake for a whole TLS handshake
 * @param session for the end of a session
 * @param stop for the mails that are coming in when the server stops
 * @since 0.1.0
 */
public record TimeoutsConfig(
        Duration command, Duration dataBlock, Duration handshake, Duration session, Duration stop) {

    static TimeoutsConfig of(ConfigValues values) {
        return new TimeoutsConfig(
                values.get(ConfigKeys.COMMAND),
                values.get(ConfigKeys.DATA_BLOCK),
                values.get(ConfigKeys.HANDSHAKE),
                values.get(ConfigKeys.SESSION),
                values.get(ConfigKeys.STOP));
    }
}
