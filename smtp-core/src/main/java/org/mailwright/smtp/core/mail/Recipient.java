package org.mailwright.smtp.core.mail;

import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.attribute.Attributes;

/**
 * One accepted RCPT: where to, and what extensions keep with it.
 *
 * @param path the forward-path
 * @param attributes values of RCPT parameters and of extensions
 * @since 0.1.0
 */
public record Recipient(ForwardPath path, Attributes attributes) {

    /** Returns a recipient without attributes. */
    public static Recipient of(ForwardPath path) {
        return new Recipient(path, Attributes.EMPTY);
    }
}
