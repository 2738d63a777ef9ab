/**
 * LIMITS (RFC 9422), server and client half. Read {@link org.mailwright.smtp.ext.limits.LimitsExtension}.
 *
 * <p>Failure cases: one mail too many (421 4.7.0, and the connection closes); one recipient too many (452 4.5.3); a
 * recipient in one domain too many (452 4.5.3); a peer that states limits that are no numbers, or 0 (ignored, each by
 * itself). What a client of ours cannot send within the limits of its peer fails for now.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.limits;

import org.jspecify.annotations.NullMarked;
