/** Delivery to other hosts. */
@NullMarked
package org.mailwright.smtp.relay;

import org.jspecify.annotations.NullMarked;
