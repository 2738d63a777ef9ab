/**
 * Transcripts, a scripted peer that misbehaves on demand, a recording sink and a test clock.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.testkit;

import org.jspecify.annotations.NullMarked;
