/**
 * The queue of accepted mail on the local disk.
 *
 * <p>Reading order: {@link org.mailwright.smtp.queue.sql.SqlQueueConfig},
 * {@link org.mailwright.smtp.queue.sql.SqlMailQueue} (the whole), {@code Intake} and {@code MailRecord} (a mail on its
 * way in), {@code Indexer} (from the journal into the index), {@code Writer} and {@code Reader} (who touches the
 * index), {@code Lanes}, {@code Settler} and {@code SqlQueueView} (what is asked of it), {@code Contents},
 * {@code Segments} and {@code Ground} (the disk).
 *
 * <p>Failure cases, and what holds in each:
 *
 * <ul>
 *   <li>the process ends before the journal is forced: the mail was not acknowledged; a large content that was already
 *       written is removed at the next start;
 *   <li>it ends before the index has a record: the next start finds it in the journal, for the position up to which the
 *       journal is indexed is changed by the transaction that indexes;
 *   <li>a transaction fails: its changes are made one by one over a new connection, and only the bad one fails;
 *   <li>the disk is full: {@link org.mailwright.smtp.queue.QueueFullException}; each second it is looked whether there
 *       is room again, and some is always kept for settling what is in the queue;
 *   <li>a second process opens the folder, or the folder lies on a network, or a newer program wrote it: refused;
 *   <li>a record of the journal is damaged: reading that content fails, others are read.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.queue.sql;

import org.jspecify.annotations.NullMarked;
