/** A queue without a medium: {@link org.mailwright.smtp.queue.memory.MemoryMailQueue}. */
@NullMarked
package org.mailwright.smtp.queue.memory;

import org.jspecify.annotations.NullMarked;
