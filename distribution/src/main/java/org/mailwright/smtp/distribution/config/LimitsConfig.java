package org.mailwright.smtp.distribution.config;

import org.mailwright.smtp.core.session.Limits;

/**
 * What one peer may use.
 *
 * @param session in one session
 * @param connections most connections at once, of all listeners
 * @param connectionsPerClient the same from one client address
 * @param hops Received fields that a mail may bring
 * @since 0.1.0
 */
public record LimitsConfig(Limits session, int connections, int connectionsPerClient, int hops) {

    static LimitsConfig of(ConfigValues values) {
        return new LimitsConfig(
                new Limits(
                        Math.toIntExact(values.get(ConfigKeys.LINE)),
                        values.get(ConfigKeys.RECIPIENTS),
                        values.get(ConfigKeys.ERRORS),
                        values.get(ConfigKeys.JUNK_COMMANDS),
                        Math.toIntExact(values.get(ConfigKeys.LINE_FLOOD)),
                        Math.toIntExact(values.get(ConfigKeys.BODY_BUFFER)),
                        values.get(ConfigKeys.REPAIR_LINE_ENDS)),
                values.get(ConfigKeys.CONNECTIONS),
                values.get(ConfigKeys.CONNECTIONS_PER_CLIENT),
                values.get(ConfigKeys.HOPS));
    }
}
