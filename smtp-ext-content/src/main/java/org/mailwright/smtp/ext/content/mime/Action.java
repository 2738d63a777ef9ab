package org.mailwright.smtp.ext.content.mime;

/** What is done about one part of a mail, or the text before the first and behind the last. */
enum Action {
    /** Its octets fit. */
    KEEP,
    /** It is text, mostly US-ASCII. */
    QUOTED_PRINTABLE,
    /** It is anything else. */
    BASE64,
    /** It is a mail itself, and parts of it do not fit. */
    NEST,
    /** It is text that nobody sees (RFC 2046 §5.1.1), and does not fit. */
    LEAVE_OUT
}
