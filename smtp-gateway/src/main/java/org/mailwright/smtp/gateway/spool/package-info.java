/**
 * A place for a mail on its way: {@link org.mailwright.smtp.gateway.spool.Spool}.
 *
 * <p>Failure cases: the medium is full or fails (an {@link java.io.IOException} to whoever writes; nothing was promised
 * yet); the process dies (a temporary file stays, which nobody reads).
 */
@NullMarked
package org.mailwright.smtp.gateway.spool;

import org.jspecify.annotations.NullMarked;
