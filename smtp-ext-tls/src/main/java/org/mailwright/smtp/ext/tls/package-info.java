/**
 * STARTTLS of RFC 3207 and implicit TLS of RFC 8314, server and client half.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.tls;

import org.jspecify.annotations.NullMarked;
