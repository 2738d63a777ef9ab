/**
 * Delivery to other hosts.
 *
 * <p>Reading order: {@link org.mailwright.smtp.relay.NextHop} (where to), {@link org.mailwright.smtp.relay.MxResolver}
 * and {@link org.mailwright.smtp.relay.MxPlan} (which hosts), {@link org.mailwright.smtp.relay.RelayClient} (the
 * attempt), then {@link org.mailwright.smtp.relay.MxDeliverer}, {@link org.mailwright.smtp.relay.SmarthostDeliverer}
 * and {@link org.mailwright.smtp.relay.MxSender} (who attempts).
 *
 * <p>Failure cases: the domain is not there, takes no mail, or leads back to this host (final); it cannot be looked up
 * (tried again); a host does not answer, refuses at its greeting or says 421 (the next one is tried, and one that did
 * not answer is tried last for a while); a host drops every packet (the next one is connected to beside it, and it
 * costs one connection); TLS that is not insisted on fails (once more in clear); a host lacks the TLS that a mail
 * demands ({@link org.mailwright.smtp.relay.MailDemands}: the next one is tried, then final); a recipient is refused
 * (final or not as the reply says, for that recipient alone); the connection ends after the whole mail is out (tried
 * again, at the risk of a second copy); the lane is lost to another node (given up before the final dot).
 */
@NullMarked
package org.mailwright.smtp.relay;

import org.jspecify.annotations.NullMarked;
