/**
 * The queue of accepted mail: on the local disk, or in PostgreSQL for many machines.
 *
 * <p>Reading order, on the local disk: {@link org.mailwright.smtp.queue.sql.SqlQueueConfig},
 * {@link org.mailwright.smtp.queue.sql.SqlMailQueue} (the whole), {@code Intake} and {@code MailRecord} (a mail on its
 * way in), {@code Indexer} (from the journal into the index), {@code Writer}, {@code Checkpoints} and {@code Reader}
 * (who touches the index), {@code Lanes}, {@code Settler} and {@code SqlQueueView} (what is asked of it),
 * {@code Contents}, {@code Segments}, {@code Ground} and {@code NetworkFileSystems} (the disk).
 *
 * <p>Reading order, in PostgreSQL: {@link org.mailwright.smtp.queue.sql.PostgresQueueConfig},
 * {@link org.mailwright.smtp.queue.sql.PostgresMailQueue} (the whole), {@code PostgresSchema} (the tables),
 * {@code PostgresIntake} and {@code PostgresContents} (a mail on its way in), {@code PostgresCommitter},
 * {@code PostgresLedger} and {@code PostgresLink} (who touches the database, and what if it breaks),
 * {@code PostgresWork} and {@code PostgresTables} (what is committed), {@code PostgresLaneJob} and
 * {@code PostgresLanes} (who delivers what), {@code PostgresReach} and {@code PostgresWatch} (is it there).
 *
 * <p>Both share {@code Rows}, {@code Texts}, {@code Shares}, {@code Holds}, {@code SqlQueueView} and {@code Sql}.
 *
 * <p>Failure cases on the local disk, and what holds in each:
 *
 * <ul>
 *   <li>the process ends before the journal is forced: the mail was not acknowledged; a large content that was already
 *       written is removed at the next start;
 *   <li>it ends before the index has a record: the next start finds it in the journal, for the position up to which the
 *       journal is indexed is changed by the transaction that indexes;
 *   <li>a transaction fails: its changes are made one by one over a new connection, and only the bad one fails;
 *   <li>the disk is full: {@link org.mailwright.smtp.queue.QueueFullException}; each second it is looked whether there
 *       is room again, and some is always kept for settling what is in the queue. A write that fails while no room is
 *       left counts as that, too, in whatever language the system says so;
 *   <li>the log of the index cannot be copied into its file, or somebody reads for long what is older: commits go on in
 *       the log, which grows, and it is tried again each time that it has grown by 1,000 pages;
 *   <li>a second process opens the folder, or the folder lies on a network, or a newer program wrote it: refused. The
 *       lock is given back last, when journal and index are closed;
 *   <li>the power ends just after the first mail of a new queue: the names of all folders were forced, too;
 *   <li>a record of the journal is damaged: reading that content fails, others are read. If the index does not have it
 *       yet its mail is lost, the log says so, those behind it are indexed, and the file is kept as
 *       {@code NUMBER.damaged}.
 * </ul>
 *
 * <p>Failure cases in PostgreSQL, and what holds in each:
 *
 * <ul>
 *   <li>the server is stopped or out of reach: what waits for a commit waits for some seconds, and gets its commit when
 *       the server is back by then; all else fails at once with an {@link java.io.IOException}, and each second it is
 *       looked whether it is back;
 *   <li>the connection breaks when a commit has been sent: each transaction of the writer counts up a number in a row
 *       of its node, which is asked for over a new connection; it waits for a server that is still at it. If no
 *       connection can be had in time the commit fails, and its message says that nobody knows: a client that sends
 *       again may then send twice, and nothing is lost;
 *   <li>a node dies: its lanes are ready for others when their leases have run out, by the clock of the database; a
 *       node that is cut off relies on a lease only for two thirds of its time, by its own clocks;
 *   <li>an answer to a claim is lost: nobody has those lanes, and they are not renewed, so that they are ready again;
 *   <li>a mail is put into a lane while its owner gives it back: the lane stays as it was due, and is looked at again;
 *   <li>a node dies while a large mail comes in, or the server crashes and loses chunks: chunks are counted by the
 *       transaction that puts the mail in, and swept after a day when there is none;
 *   <li>two transactions wait for each other: they take rows in one order, and one that is chosen to fail all the same
 *       is tried again;
 *   <li>the server is full: {@link org.mailwright.smtp.queue.QueueFullException}, and after five seconds it is tried
 *       again; it has become a standby: as out of reach; a newer program wrote the tables: refused.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.queue.sql;

import org.jspecify.annotations.NullMarked;
