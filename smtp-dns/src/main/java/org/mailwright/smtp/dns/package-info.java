/** Look-ups in the DNS, as mail needs them. */
@NullMarked
package org.mailwright.smtp.dns;

import org.jspecify.annotations.NullMarked;
