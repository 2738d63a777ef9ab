/**
 * What clients may ask of a server by RFC 5321: VRFY and EXPN (§3.5, §7.3), and HELP (§4.1.1.8). Read
 * {@link org.mailwright.smtp.ext.verify.Directory} (what is asked), then
 * {@link org.mailwright.smtp.ext.verify.Verification} and {@link org.mailwright.smtp.ext.verify.Expansion} (what it can
 * say), then {@link org.mailwright.smtp.ext.verify.VerifyExtension}; and apart from them
 * {@link org.mailwright.smtp.ext.verify.HelpExtension}.
 *
 * <p>Failure cases: no name (501 5.5.4); a name beyond US-ASCII (553 5.6.7); the verbs are off (252, the same for every
 * name); a directory that fails (451 4.3.0) or takes its time (the session waits, nobody else does); a list with more
 * members than a reply can hold (252); names with control characters (shown as "?"); help on what is no command here
 * (504 5.5.4).
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.verify;

import org.jspecify.annotations.NullMarked;
