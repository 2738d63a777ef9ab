/**
 * The client half of the mechanisms that come with Mailwright.
 *
 * <p>Reading order: {@link org.mailwright.smtp.ext.auth.client.ClientCredentials} (what a caller gives),
 * {@link org.mailwright.smtp.ext.auth.client.ClientMechanisms} (which mechanisms can show that, strongest first), then
 * any of the mechanisms.
 *
 * <p>Failure cases: the server may be hostile. A challenge that breaks the grammar, asks for too few or too many
 * iterations, changes the nonce or carries a wrong signature ends the attempt before anything is revealed.
 */
@NullMarked
package org.mailwright.smtp.ext.auth.client;

import org.jspecify.annotations.NullMarked;
