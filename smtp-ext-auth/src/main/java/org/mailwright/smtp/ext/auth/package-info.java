/**
 * The AUTH extension of RFC 4954, server and client half.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.auth;

import org.jspecify.annotations.NullMarked;
