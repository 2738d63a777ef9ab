package org.mailwright.smtp.distribution.config;

import java.util.Optional;

/**
 * A content filter that takes mail by SMTP and gives it back by SMTP.
 *
 * @param before the filter that mail goes through before it is accepted
 * @param after the filter that mail goes through after it was queued
 * @param connections most mails that are filtered at the same time
 * @since 0.1.0
 */
public record FilterConfig(Optional<HostPort> before, Optional<HostPort> after, int connections) {

    static FilterConfig of(ConfigValues values) {
        return new FilterConfig(
                values.find(GatewayKeys.FILTER_BEFORE),
                values.find(GatewayKeys.FILTER_AFTER),
                values.get(GatewayKeys.FILTER_CONNECTIONS));
    }
}
