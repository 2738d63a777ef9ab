/** Mails sent with our own client, for the comparison of clients. */
@NullMarked
package org.mailwright.smtp.benchmarks.send;

import org.jspecify.annotations.NullMarked;
