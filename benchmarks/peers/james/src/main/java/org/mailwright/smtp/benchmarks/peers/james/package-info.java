/** Apache James' SMTP protocol on Netty, with a hook that discards. */
@NullMarked
package org.mailwright.smtp.benchmarks.peers.james;

import org.jspecify.annotations.NullMarked;
