package org.mailwright.smtp.ext.content.mime;

import org.mailwright.smtp.core.mail.Body;

/**
 * What octets the next server takes. Both want lines: CR and LF together, no NUL, at most 998 octets between two.
 *
 * @since 0.1.0
 */
public enum Target {
    /** US-ASCII (RFC 2045 §2.7). */
    SEVEN_BIT("7bit", Body.Content.SEVEN_BIT),
    /** Octets beyond US-ASCII as well (RFC 2045 §2.8). */
    EIGHT_BIT("8bit", Body.Content.EIGHT_BIT);

    private final String label;
    private final Body.Content content;

    Target(String label, Body.Content content) {
        this.label = label;
        this.content = content;
    }

    /** Returns the value of Content-Transfer-Encoding. */
    String label() {
        return label;
    }

    Body.Content content() {
        return content;
    }
}
