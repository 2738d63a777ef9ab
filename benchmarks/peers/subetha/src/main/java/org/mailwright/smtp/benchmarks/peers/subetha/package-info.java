/** SubEtha SMTP with a handler that discards. */
@NullMarked
package org.mailwright.smtp.benchmarks.peers.subetha;

import org.jspecify.annotations.NullMarked;
