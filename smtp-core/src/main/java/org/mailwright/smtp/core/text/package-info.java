/**
 * Text on the wire: what is ASCII, what is UTF-8, and the xtext of RFC 3461.
 *
 * <p>Reading order: {@link org.mailwright.smtp.core.text.Ascii} (characters and case without a locale),
 * {@link org.mailwright.smtp.core.text.Utf8} (octets and characters, never narrowed and never repaired in silence),
 * {@link org.mailwright.smtp.core.text.Xtext} (parameter values).
 *
 * <p>Failure cases: what a peer can get wrong comes back as an empty {@link java.util.Optional}; what only our own code
 * can get wrong (encoding an unpaired surrogate) is an {@link java.lang.IllegalArgumentException}.
 */
@NullMarked
package org.mailwright.smtp.core.text;

import org.jspecify.annotations.NullMarked;
