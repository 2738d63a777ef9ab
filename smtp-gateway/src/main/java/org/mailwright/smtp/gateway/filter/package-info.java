/**
 * Content filters that take mail by SMTP and give it back by SMTP to another listener, such as amavisd:
 * {@link org.mailwright.smtp.gateway.filter.FilterSink} asks one before the mail is accepted,
 * {@link org.mailwright.smtp.gateway.filter.FilterDeliverer} after it was queued.
 *
 * <p>The listener that takes the mail back must not have the filter again, and should listen to the filter alone.
 *
 * <p>Failure cases before the queue:
 *
 * <ul>
 *   <li>the filter is not there, or does not let this host in: 451, and the client keeps the mail;
 *   <li>it refuses the mail: its reply is the client's;
 *   <li>it refuses some recipients and takes others: one reply each where the protocol has room for that (LMTP), else
 *       451, and those that were taken get the mail again when the client tries again. A filter should take all or
 *       none;
 *   <li>the client goes away within the content, or a gate refuses it: the connection to the filter ends before the
 *       final dot, so the filter takes nothing;
 *   <li>the filter goes away before its answer: 451; it may have given the mail back before (RFC 1047);
 *   <li>it is slow: the client of this mail waits, for as long as the time-outs of the connection to the filter allow.
 *       Clients wait ten minutes for the answer to a content: these time-outs should be shorter;
 *   <li>all connections to the filter are busy: the mail waits for one; more than may wait get 451.
 * </ul>
 *
 * <p>After the queue: as with any other host, one result per recipient; a filter that does not let this host in is for
 * the operator to mend, so that is 451 too, and the lane rests. The final dot is not sent once the lane belongs to
 * another node.
 */
@NullMarked
package org.mailwright.smtp.gateway.filter;

import org.jspecify.annotations.NullMarked;
