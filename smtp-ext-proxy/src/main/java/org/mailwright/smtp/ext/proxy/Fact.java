package org.mailwright.smtp.ext.proxy;

/**
 * What XCLIENT and XFORWARD can tell of a client.
 *
 * @since 0.1.0
 */
public enum Fact {
    /** The name that the DNS has for its address. */
    NAME,
    /** Its address: IPv4, or IPv6 with "IPV6:" in front. */
    ADDR,
    /** Its port. */
    PORT,
    /** What it spoke: SMTP or ESMTP. */
    PROTO,
    /** How it presented itself. */
    HELO,
    /** Who it proved to be. */
    LOGIN,
    /** The address at which it reached the service. */
    DESTADDR,
    /** The port at which it reached the service. */
    DESTPORT,
    /** What the mail is called where it came in. */
    IDENT,
    /** Whether it came in from this site: LOCAL or REMOTE. */
    SOURCE
}
