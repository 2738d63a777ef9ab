/** Angus Mail, sending many mails. */
@NullMarked
package org.mailwright.smtp.benchmarks.peers.angus;

import org.jspecify.annotations.NullMarked;
