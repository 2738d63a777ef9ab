package org.mailwright.smtp.transport.mina;

import java.util.Optional;
import java.util.function.Supplier;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsPolicy;

/**
 * How one connection begins. What belongs together is asked for together, so that a listener whose conversations change
 * never gives a connection the TLS of one and the conversation of another.
 *
 * @param conversation makes its conversation, on an I/O thread; must not block
 * @param tls TLS from the first octet (RFC 8314); empty for none, STARTTLS, or a conversation that reads something in
 *     clear first and begins TLS itself
 * @since 0.1.0
 */
public record Beginning(Supplier<? extends Conversation> conversation, Optional<TlsPolicy> tls) {}
