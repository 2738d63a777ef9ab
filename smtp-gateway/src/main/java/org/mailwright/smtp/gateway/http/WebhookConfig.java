package org.mailwright.smtp.gateway.http;

import java.net.URI;
import java.time.Duration;

/**
 * Where mail is posted to.
 *
 * @param url http or https, without user and fragment
 * @param signature signs each request
 * @param connect how long connecting may take
 * @param time how long a request may take from the first octet to the answer
 * @since 0.1.0
 */
public record WebhookConfig(URI url, WebhookSignature signature, Duration connect, Duration time) {

    /** Checks the values. */
    public WebhookConfig {
        boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("url: expected http or https, a host, no user and no fragment");
        }
        if (!connect.isPositive() || !time.isPositive()) {
            throw new IllegalArgumentException("connect and time: expected more than 0s");
        }
    }

    /** Returns a configuration with 10 seconds to connect and a minute for all of it. */
    public static WebhookConfig of(URI url, WebhookSignature signature) {
        return new WebhookConfig(url, signature, Duration.ofSeconds(10), Duration.ofMinutes(1));
    }

    /** Returns the same with other times. */
    public WebhookConfig withTimes(Duration toConnect, Duration inAll) {
        return new WebhookConfig(url, signature, toConnect, inAll);
    }
}
