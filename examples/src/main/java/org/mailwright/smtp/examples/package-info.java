/**
 * Small programs that show how a server is composed, run by the tests. Read
 * {@link org.mailwright.smtp.examples.TenLines}, then {@link org.mailwright.smtp.examples.DatabaseRecipients} (a gate
 * that blocks), {@link org.mailwright.smtp.examples.MailArchive} (a sink that reads),
 * {@link org.mailwright.smtp.examples.vendor.RetainExtension} (an extension, both halves),
 * {@link org.mailwright.smtp.examples.Forwarder} (which carries its parameter on),
 * {@link org.mailwright.smtp.examples.ThreeExtensionsModule} (a selection, wired by Guice) and
 * {@link org.mailwright.smtp.examples.QueueingRelay} (a queue on the disk, and delivery by MX).
 *
 * <p>Failure cases: a database that is away (451, the server lives on); a disk that is full (451); a client that is
 * gone within its mail (no file is left); a next server that refuses (its reply is passed on, or, behind a queue, its
 * sender gets a report).
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.examples;

import org.jspecify.annotations.NullMarked;
