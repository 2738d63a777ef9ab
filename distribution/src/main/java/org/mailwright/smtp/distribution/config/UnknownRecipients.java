package org.mailwright.smtp.distribution.config;

/**
 * What becomes of mail to a local recipient that is no user.
 *
 * @since 0.1.0
 */
public enum UnknownRecipients {
    /** 550 5.1.1. */
    REJECT,
    /** A mailbox is made for it. */
    ACCEPT
}
