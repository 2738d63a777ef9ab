/**
 * A load generator, comparisons with other servers and clients, and micro-benchmarks.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.benchmarks;

import org.jspecify.annotations.NullMarked;
