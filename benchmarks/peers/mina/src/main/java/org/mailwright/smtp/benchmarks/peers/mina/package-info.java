/** A sink on bare MINA: the ceiling for a server on MINA, which does almost none of the work of one. */
@NullMarked
package org.mailwright.smtp.benchmarks.peers.mina;

import org.jspecify.annotations.NullMarked;
