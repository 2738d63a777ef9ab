/**
 * Fuzz targets: each has a method {@code fuzzerTestOneInput(byte[])} that takes any octets, uses one part of Mailwright
 * with them, and throws when something that must hold does not. A coverage-guided fuzzer finds the octets; the corpus
 * of what it found runs as an ordinary test.
 *
 * <p>Reading order: {@link org.mailwright.smtp.fuzz.Check} and {@link org.mailwright.smtp.fuzz.Cuts}, the parsers
 * ({@link org.mailwright.smtp.fuzz.AddressTarget} and its like), the codecs
 * ({@link org.mailwright.smtp.fuzz.LinesTarget}, {@link org.mailwright.smtp.fuzz.DotsTarget}), then the two dialogues
 * ({@link org.mailwright.smtp.fuzz.ServerTarget}, {@link org.mailwright.smtp.fuzz.ClientTarget}), which read their
 * octets as a {@link org.mailwright.smtp.fuzz.Script}.
 *
 * <p>Failure cases: a finding is an {@link java.lang.AssertionError} that says what does not hold; anything else that a
 * target throws is a finding too.
 */
@NullMarked
package org.mailwright.smtp.fuzz;

import org.jspecify.annotations.NullMarked;
