/**
 * Micro-benchmarks with JMH of what every octet and every command passes through: commands and paths, the line splitter,
 * the dot codec. Start them with {@code benchmarks/jmh}; {@code benchmarks/jmh -h} tells JMH's options.
 *
 * <p>Read them as costs per mail: a mail of 10 KiB passes the dot codec once and the splitter five times. They show what a
 * change did, not how fast a server is; for that there is {@code benchmarks/compare}.
 */
@NullMarked
package org.mailwright.smtp.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
