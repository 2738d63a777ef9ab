package org.mailwright.smtp.queue.report;

import java.time.Duration;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Host;
import org.mailwright.smtp.core.address.LocalPart;
import org.mailwright.smtp.core.address.Mailbox;

/**
 * What {@link DsnReporter} needs to know of its server.
 *
 * @param hostname the server's own name, a domain or an address literal; kept with A-labels
 * @param from whom reports are from; in US-ASCII
 * @param returned most octets of a mail that is sent back whole, 0 to 16 MiB; of a larger one the header goes back
 * @param lifetime how long it is tried to deliver a report
 * @since 0.1.0
 */
public record ReportConfig(String hostname, Mailbox from, int returned, Duration lifetime) {

    /** Most octets of a mail that is sent back whole, unless configured: 50 KiB. */
    public static final int RETURNED = 50 * 1024;

    /** How long it is tried to deliver a report, unless configured: 5 days. */
    public static final Duration LIFETIME = Duration.ofDays(5);

    private static final int MOST_RETURNED = 16 * 1024 * 1024;

    /** Checks all parts. */
    public ReportConfig {
        hostname = ascii("hostname", hostname).toString();
        if (!from.isAscii()) {
            throw new IllegalArgumentException("from: expected an address in US-ASCII, not " + from);
        }
        if (returned < 0 || returned > MOST_RETURNED) {
            throw new IllegalArgumentException("returned: expected 0 to " + MOST_RETURNED + " octets, not " + returned);
        }
        if (lifetime.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("lifetime: expected more than nothing, not " + lifetime);
        }
    }

    /** Returns the usual configuration: from {@code MAILER-DAEMON} at this host. */
    public static ReportConfig of(String hostname) {
        Mailbox from = new Mailbox(LocalPart.of("MAILER-DAEMON"), ascii("hostname", hostname));
        return new ReportConfig(hostname, from, RETURNED, LIFETIME);
    }

    private static Host ascii(String key, String text) {
        try {
            Host host = Host.parse(text);
            return host instanceof Domain domain ? domain.toAscii() : host;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}
