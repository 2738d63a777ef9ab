package org.mailwright.smtp.distribution.config;

import java.util.List;
import java.util.Optional;

/**
 * One place where mail comes in.
 *
 * @param name what it is called
 * @param role what it is for
 * @param address where it listens
 * @param tls when it speaks TLS
 * @param extensions the extensions that are on; nothing: all that are installed
 * @param filtered whether its mail goes through the content filter, if there is one
 * @param trusted addresses that may send to anywhere without logging in
 * @since 0.1.0
 */
public record ListenerConfig(
        String name,
        ListenerRole role,
        HostPort address,
        ListenerTls tls,
        Optional<List<String>> extensions,
        boolean filtered,
        List<Network> trusted) {

    static ListenerConfig of(ConfigValues values) {
        return new ListenerConfig(
                values.get(ConfigKeys.LISTENER_NAME),
                values.get(ConfigKeys.LISTENER_ROLE),
                values.get(ConfigKeys.LISTENER_ADDRESS),
                values.get(ConfigKeys.LISTENER_TLS),
                values.find(ConfigKeys.LISTENER_EXTENSIONS),
                values.get(ConfigKeys.LISTENER_FILTERED),
                values.get(ConfigKeys.LISTENER_TRUSTED));
    }
}
