/**
 * SIZE (RFC 1870), server and client half. Read {@link org.mailwright.smtp.ext.size.SizeExtension}.
 *
 * <p>Failure cases: a declared size beyond the limit (552 5.3.4 at MAIL), beyond 2^63 (the same), or that is no number
 * (501 5.5.4); a mail larger than it was declared, beyond the limit (552 5.3.4 after its end; nothing of it is kept); a
 * peer whose limit is known and too small (552 5.3.4 without a word to it); a peer that states no limit, or nonsense
 * (no limit).
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.size;

import org.jspecify.annotations.NullMarked;
