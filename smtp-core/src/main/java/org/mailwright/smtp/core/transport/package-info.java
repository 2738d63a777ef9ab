/**
 * The seam between protocol and network. Read {@link org.mailwright.smtp.core.transport.Conversation} first, then
 * {@link org.mailwright.smtp.core.transport.Transport}.
 *
 * <p>Failure cases: the peer closes half or whole at any octet; never reads; sends faster than the mail can be stored;
 * stalls in the TLS handshake; sends clear text right behind STARTTLS. Each is the transport's to survive: it holds
 * back, suspends, ends with {@code closed}, or discards, and never loses or doubles an event.
 */
@NullMarked
package org.mailwright.smtp.core.transport;

import org.jspecify.annotations.NullMarked;
