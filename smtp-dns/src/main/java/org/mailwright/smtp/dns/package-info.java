/**
 * Look-ups in the DNS, as mail needs them.
 *
 * <p>Reading order: {@link org.mailwright.smtp.dns.MailDns} (what can be asked),
 * {@link org.mailwright.smtp.dns.DnsException} (what may be wrong), {@link org.mailwright.smtp.dns.ResolverDns} (who
 * answers), {@link org.mailwright.smtp.dns.MapDns} (who answers in tests).
 *
 * <p>Failure cases:
 *
 * <ul>
 *   <li>no such name: final, and remembered as long as the zone allows, within the bound;
 *   <li>no server answers in time, or all of them fail: temporary;
 *   <li>aliases in a loop, or a name that is none: broken;
 *   <li>one family of addresses cannot be found out: what the other gave is returned;
 *   <li>more exchangers than a hundred: the rest is left out.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.dns;

import org.jspecify.annotations.NullMarked;
