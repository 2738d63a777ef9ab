/**
 * The server: {@link org.mailwright.smtp.server.SmtpServer} puts listeners, built-in commands, extensions and the sink
 * together. Then read {@code command}, {@code gate}, {@code trace}.
 *
 * <p>Failure cases: an address that cannot be bound (named, nothing listens); extensions that clash, or that a listener
 * names and nobody installed (found before anything listens); a stop while mails are in flight (they finish).
 */
@NullMarked
package org.mailwright.smtp.server;

import org.jspecify.annotations.NullMarked;
