/**
 * The addresses of SMTP as immutable values: RFC 5321 §4.1.2 and §4.1.3, with the UTF-8 of RFC 6531.
 *
 * <p>Reading order: {@link org.mailwright.smtp.core.address.Mailbox} is a
 * {@link org.mailwright.smtp.core.address.LocalPart} at a {@link org.mailwright.smtp.core.address.Host}, which is a
 * {@link org.mailwright.smtp.core.address.Domain} or an {@link org.mailwright.smtp.core.address.AddressLiteral}.
 * {@link org.mailwright.smtp.core.address.ReversePath} and {@link org.mailwright.smtp.core.address.ForwardPath} are
 * what MAIL and RCPT name. Each has a {@code parse} for the whole of a text; the paths and hosts also have a
 * {@code scan}, which reads one value where a text has more after it.
 *
 * <p>What holds for every value here, however it was made: it has no control character, no line end of any kind and no
 * unpaired surrogate, in its parts and in its {@code toString()}; it is bounded in length; reading back what it renders
 * as gives an equal value. No method looks a name up.
 *
 * <p>Failure cases: {@code scan} answers {@link org.mailwright.smtp.core.address.Scan.Refused} with an
 * {@link org.mailwright.smtp.core.address.AddressFault}; {@code parse} and the constructors throw
 * {@link org.mailwright.smtp.core.address.AddressSyntaxException} with the same fault.
 */
@NullMarked
package org.mailwright.smtp.core.address;

import org.jspecify.annotations.NullMarked;
