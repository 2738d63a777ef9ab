/**
 * Micro-benchmarks with JMH of what every octet and every command passes through: commands and paths, the line
 * splitter, the dot codec, and all of them together in a session without a socket. Start them with
 * {@code benchmarks/jmh}; {@code benchmarks/jmh -h} tells JMH's options.
 *
 * <p>They show what a change did, not how fast a server is; for that there is {@code benchmarks/compare}. A benchmark
 * throws when what it measures goes wrong: a mail that is refused, a session that wants another thread.
 */
@NullMarked
package org.mailwright.smtp.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
