/**
 * The SASL vocabulary (RFC 4422): what a mechanism is, on either side, as values in and values out.
 *
 * <p>Reading order: {@link org.mailwright.smtp.ext.auth.sasl.Mechanism} and
 * {@link org.mailwright.smtp.ext.auth.sasl.ServerExchange} (what a server asks),
 * {@link org.mailwright.smtp.ext.auth.sasl.SaslStep} (what it answers),
 * {@link org.mailwright.smtp.ext.auth.sasl.ClientMechanism} and {@link org.mailwright.smtp.ext.auth.sasl.ClientAnswer}
 * (the other side), {@link org.mailwright.smtp.ext.auth.sasl.SecureChannel} (what TLS contributes),
 * {@link org.mailwright.smtp.ext.auth.sasl.Username} and {@link org.mailwright.smtp.ext.auth.sasl.Secret} (the normal
 * forms in which names and passwords are stored and compared).
 *
 * <p>Failure cases: a message that breaks the grammar of its mechanism, wrong credentials and a foreign authorization
 * identity are {@link org.mailwright.smtp.ext.auth.sasl.SaslStep.Failure} values; a store that cannot be reached is an
 * {@link java.io.IOException}, which the session answers with a temporary reply.
 */
@NullMarked
package org.mailwright.smtp.ext.auth.sasl;

import org.jspecify.annotations.NullMarked;
