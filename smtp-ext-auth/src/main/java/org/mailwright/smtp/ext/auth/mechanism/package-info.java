/**
 * The server half of the mechanisms that come with Mailwright.
 *
 * <p>Reading order: {@link org.mailwright.smtp.ext.auth.mechanism.PlainMechanism} (the shortest),
 * {@link org.mailwright.smtp.ext.auth.mechanism.ScramMechanism} (the one to use),
 * {@link org.mailwright.smtp.ext.auth.mechanism.TokenVerifier} with
 * {@link org.mailwright.smtp.ext.auth.mechanism.OauthBearerMechanism} and
 * {@link org.mailwright.smtp.ext.auth.mechanism.Xoauth2Mechanism},
 * {@link org.mailwright.smtp.ext.auth.mechanism.CertificateMapper} with
 * {@link org.mailwright.smtp.ext.auth.mechanism.ExternalMechanism}.
 *
 * <p>Failure cases: each mechanism refuses whatever its RFC does not allow, and does the same work for users who exist
 * and who do not; the reply is the same for both.
 */
@NullMarked
package org.mailwright.smtp.ext.auth.mechanism;

import org.jspecify.annotations.NullMarked;
