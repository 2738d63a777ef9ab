/** What a queue costs that holds very much. */
@NullMarked
package org.mailwright.smtp.benchmarks.queue;

import org.jspecify.annotations.NullMarked;
