/**
 * What the disk itself can do: {@link org.mailwright.smtp.benchmarks.disk.DiskLimit} appends records to one file and
 * forces them, with one force for all that wait. A durable queue can come near this figure and not pass it.
 */
@NullMarked
package org.mailwright.smtp.benchmarks.disk;

import org.jspecify.annotations.NullMarked;
