package org.mailwright.smtp.distribution.config;

import java.time.Duration;

/**
 * One place where mail comes in by HTTP.
 *
 * @param name what it is called
 * @param address where it listens
 * @param tls whether it speaks TLS
 * @param requests most requests at the same time
 * @param timeout how long a request may take until its mail is whole
 * @since 0.1.0
 */
public record HttpConfig(String name, HostPort address, HttpTls tls, int requests, Duration timeout) {

    static HttpConfig of(ConfigValues values) {
        return new HttpConfig(
                values.get(GatewayKeys.HTTP_NAME),
                values.get(GatewayKeys.HTTP_ADDRESS),
                values.get(GatewayKeys.HTTP_TLS),
                values.get(GatewayKeys.HTTP_REQUESTS),
                values.get(GatewayKeys.HTTP_TIMEOUT));
    }
}
