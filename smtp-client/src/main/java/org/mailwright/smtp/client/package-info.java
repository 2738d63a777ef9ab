/**
 * The SMTP client: connect, negotiate, pipeline, send; a connection pool.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.client;

import org.jspecify.annotations.NullMarked;
