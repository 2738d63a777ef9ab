/**
 * Hosts that speak for others, trusted from named networks only. Read
 * {@link org.mailwright.smtp.ext.proxy.ProxyExtension} (the PROXY protocol of load balancers, versions 1 and 2),
 * {@link org.mailwright.smtp.ext.proxy.XclientExtension} and {@link org.mailwright.smtp.ext.proxy.XforwardExtension}
 * (of Postfix), then {@link org.mailwright.smtp.ext.proxy.ClientFacts}, which the two tell. They do not know each
 * other.
 *
 * <p>Failure cases: a client from elsewhere (XCLIENT and XFORWARD are not offered, and answered 550 5.7.0; what looks
 * like PROXY is a command that nobody knows); a trusted one that does not begin with PROXY, sends nonsense, too much or
 * nothing in time (the connection is cut without a word, before the greeting); unknown names, names twice, values that
 * are no xtext, not printable or not what their name asks for (501 5.5.4); either command within a mail (503 5.5.1); a
 * client that the gates do not let in (their reply).
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.proxy;

import org.jspecify.annotations.NullMarked;
