/** Mail without TCP/IP. */
@NullMarked
package org.mailwright.smtp.gateway;

import org.jspecify.annotations.NullMarked;
