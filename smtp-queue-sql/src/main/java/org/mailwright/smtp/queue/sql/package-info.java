/** The queue of accepted mail in an SQL database. */
@NullMarked
package org.mailwright.smtp.queue.sql;

import org.jspecify.annotations.NullMarked;
