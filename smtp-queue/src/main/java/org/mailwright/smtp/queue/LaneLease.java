package org.mailwright.smtp.queue;

/**
 * The right to deliver what waits in one lane, for a limited time that {@link MailQueue#renew} extends.
 *
 * @param lane the lane
 * @param epoch counts the owners of the lane: a release with an old one does nothing
 * @since 0.1.0
 */
public record LaneLease(LaneName lane, long epoch) {}
