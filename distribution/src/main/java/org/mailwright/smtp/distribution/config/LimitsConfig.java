package org.mailwright.smtp.distribution.config;

/**
 * What one peer may use.
 *
 * @param lineLength longest command line in octets
 * @param recipients most recipients of one mail
 * @param errors refused commands after which a session is closed
 * @param junkCommands commands without a mail after which a session is closed
 * @param connections most connections at once
 * @param connectionsPerClient the same from one client address; 0: no limit
 * @param headerSize largest header of a mail in octets
 * @param receivedHops Received fields from which on a mail is taken for a loop
 * @since 0.1.0
 */
public record LimitsConfig(
        int lineLength,
        int recipients,
        int errors,
        int junkCommands,
        int connections,
        int connectionsPerClient,
        int headerSize,
        int receivedHops) {

    static LimitsConfig of(ConfigValues values) {
        return new LimitsConfig(
                Math.toIntExact(values.get(ConfigKeys.LINE_LENGTH)),
                values.get(ConfigKeys.RECIPIENTS),
                values.get(ConfigKeys.ERRORS),
                values.get(ConfigKeys.JUNK_COMMANDS),
                values.get(ConfigKeys.CONNECTIONS),
                values.get(ConfigKeys.CONNECTIONS_PER_CLIENT),
                Math.toIntExact(values.get(ConfigKeys.HEADER_SIZE)),
                values.get(ConfigKeys.RECEIVED_HOPS));
    }
}
