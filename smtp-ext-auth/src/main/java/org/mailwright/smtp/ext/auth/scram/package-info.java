/**
 * What both sides of SCRAM share (RFC 5802, 7677): hash, keys and message grammar.
 *
 * <p>Reading order: {@link org.mailwright.smtp.ext.auth.scram.ScramHash} (the formulas),
 * {@link org.mailwright.smtp.ext.auth.scram.ScramKeys} (what a server keeps),
 * {@link org.mailwright.smtp.ext.auth.scram.Gs2Header} and {@link org.mailwright.smtp.ext.auth.scram.ScramAttributes}
 * (the grammar).
 *
 * <p>Failure cases: whatever breaks the grammar is an empty {@link java.util.Optional}, never an exception.
 */
@NullMarked
package org.mailwright.smtp.ext.auth.scram;

import org.jspecify.annotations.NullMarked;
