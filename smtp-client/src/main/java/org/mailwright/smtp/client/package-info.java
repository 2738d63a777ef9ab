/**
 * The client: {@link org.mailwright.smtp.client.SmtpClient} sends mails to a
 * {@link org.mailwright.smtp.client.ServerAddress}. Then read {@code ServerPool} (connections to one server),
 * {@code WaitingLine} (the mails that wait for one), {@code Patience} (how long they do), {@code PooledConnection} and
 * {@code Submission} (one mail); what is said over a connection is in {@link org.mailwright.smtp.core.client}.
 *
 * <p>Failure cases: the server is not known, not there, or refuses every connection (all mails that wait get that as
 * their outcome); it allows fewer connections than configured (mails wait for those there are, and ask for another
 * once); the mail before another on a connection takes long (the other gets a connection of its own); a kept connection
 * turns out dead when it is used again (the mail is tried once more over another); a mail is cancelled while it waits,
 * or while it is sent; the client is closed while mails are under way; more mails are given than the server takes
 * (bounded, refused).
 */
@NullMarked
package org.mailwright.smtp.client;

import org.jspecify.annotations.NullMarked;
