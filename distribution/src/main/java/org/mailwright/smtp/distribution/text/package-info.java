/**
 * Text for people, as commands print it and as a server makes it for them.
 *
 * <p>Reading order: {@link org.mailwright.smtp.distribution.text.Lines} (where it goes),
 * {@link org.mailwright.smtp.distribution.text.Table} (aligned columns),
 * {@link org.mailwright.smtp.distribution.text.Measures} (times and sizes),
 * {@link org.mailwright.smtp.distribution.text.Visible} (what comes from strangers).
 *
 * <p>Failure cases: whoever takes the lines takes no more, such as a pipe that was closed: an
 * {@link java.io.IOException}.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.distribution.text;

import org.jspecify.annotations.NullMarked;
