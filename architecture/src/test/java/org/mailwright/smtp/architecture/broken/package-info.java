/** Classes that break the rules, for the rules' own tests. */
@NullMarked
package org.mailwright.smtp.architecture.broken;

import org.jspecify.annotations.NullMarked;
