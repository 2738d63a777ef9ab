/**
 * When a mail is delivered: by when at the latest (DELIVERBY, RFC 2852), not before (FUTURERELEASE, RFC 4865), and
 * before which others (MT-PRIORITY, RFC 6710 and 6758). Read
 * {@link org.mailwright.smtp.ext.schedule.DeliverByExtension},
 * {@link org.mailwright.smtp.ext.schedule.FutureReleaseExtension} and
 * {@link org.mailwright.smtp.ext.schedule.MtPriorityExtension}.
 *
 * <p>Failure cases: values that cannot be read, BY with R and no time left, HOLDFOR together with HOLDUNTIL, beyond
 * what is offered, or behind the time of BY (501 5.5.4; of MT-PRIORITY 501 5.5.2); BY with R and less time than the
 * server needs (555 5.4.7); a priority that is not served now (450 4.7.15), or beyond what the client may ask for
 * (lowered, 250 2.3.6); a mail too large for its priority (552 5.7.16). On a client: a mail whose time is over, or too
 * short for the peer, or that must come back when it is late and whose peer does not know DELIVERBY (554, without a
 * word to the peer); a mail to be held and a peer that cannot (554 5.3.3).
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.schedule;

import org.jspecify.annotations.NullMarked;
