package org.mailwright.smtp.distribution.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen on or to connect to: {@code 127.0.0.1:2525}, {@code [::1]:2525}, {@code localhost:25}.
 *
 * @param host a host name or an IP address, without brackets
 * @param port 0 to 65535; 0 is any free port when listening
 * @since 0.1.0
 */
public record HostPort(String host, int port) {
    private static final Pattern FORM = Pattern.compile(
            "(?:\\[([0-9A-Fa-f:.]{2,45}(?:%[\\w.-]+)?)\\]|([\\w.-]{1,253})):(\\d{1,5})",
            Pattern.UNICODE_CHARACTER_CLASS);

    /** What the text says, or nothing when it is no address with a port. */
    public static Optional<HostPort> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(form.group(3));
        String host = form.group(1) != null ? form.group(1) : form.group(2);
        return port > 65_535 ? Optional.empty() : Optional.of(new HostPort(host, port));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
