package org.mailwright.smtp.mailbox.alias;

import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Recipient;

/**
 * What becomes of a sender's wishes for a recipient, where others take the recipient's place. To the members of a list
 * with an owner nothing goes on (RFC 3461 §5.2.7.1).
 *
 * @since 0.1.0
 */
public interface Redistribution {

    /** A single address gets all that was said, several get nothing, and nobody asks how it went. */
    Redistribution PLAIN = new Redistribution() {};

    /**
     * Tells whether the sender wants to hear that the mail was sent on to several, to a list, or thrown away as an
     * alias says: then there is a delivery more, to {@link AliasDeliverer#POOL}.
     */
    default boolean isReported(Recipient recipient) {
        return false;
    }

    /** Returns what goes on to the single address that takes the place of a recipient. */
    default Attributes toOne(Recipient recipient) {
        return recipient.attributes();
    }

    /** Returns what goes on to each of several. */
    default Attributes toEach(Recipient recipient) {
        return Attributes.EMPTY;
    }
}
