/**
 * The client's side of the dialogue, without sockets. Read {@link org.mailwright.smtp.core.client.ClientSession}, which
 * is a {@link org.mailwright.smtp.core.transport.Conversation}, and
 * {@link org.mailwright.smtp.core.client.ClientOwner}, which feeds it; then {@code Opening} (greeting, EHLO, steps),
 * {@code Delivery} (one mail), {@code Content} (its octets) and {@code Exchange} (which reply answers what).
 *
 * <p>Failure cases: the server greets with a refusal, with garbage, late or never; does not know EHLO; answers before
 * it is asked, or twice; says 421 at any time; sends replies without end; sends octets in clear behind its leave to
 * start TLS; lets DATA pass although it refused every recipient (a lone dot goes out); answers DATA with 250; refuses
 * in the middle of the content; goes away before the final reply (the outcome is unknown, which is no failure and no
 * success); stops reading; the content cannot be read, or never ends, or turns out in the middle to have octets that no
 * extension carries (the connection ends before the end of the content, the mail is refused).
 */
@NullMarked
package org.mailwright.smtp.core.client;

import org.jspecify.annotations.NullMarked;
