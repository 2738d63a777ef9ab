package org.mailwright.smtp.distribution.config;

import org.mailwright.smtp.core.session.Limits;

/**
 * What one peer may use.
 *
 * @param session in one session
 * @param connections most connections of one listener at once
 * @param connectionsPerClient the same from one client address
 * @since 0.1.0
 */
public record LimitsConfig(Limits session, int connections, int connectionsPerClient) {

    static LimitsConfig of(ConfigValues values) {
        return new LimitsConfig(
                new Limits(
                        values.get(ConfigKeys.RECIPIENTS),
                        values.get(ConfigKeys.ERRORS),
                        values.get(ConfigKeys.JUNK_COMMANDS),
                        Math.toIntExact(values.get(ConfigKeys.LINE_FLOOD)),
                        Math.toIntExact(values.get(ConfigKeys.BODY_BUFFER)),
                        values.get(ConfigKeys.REPAIR_LINE_ENDS)),
                values.get(ConfigKeys.CONNECTIONS),
                values.get(ConfigKeys.CONNECTIONS_PER_CLIENT));
    }
}
