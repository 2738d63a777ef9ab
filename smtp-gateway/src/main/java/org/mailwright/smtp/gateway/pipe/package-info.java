/**
 * Mail to programs: {@link org.mailwright.smtp.gateway.pipe.PipeDeliverer} starts one process per recipient and writes
 * the mail to its standard input.
 *
 * <p>Reading order: {@link org.mailwright.smtp.gateway.pipe.PipeConfig} (what is started and how),
 * {@link org.mailwright.smtp.gateway.pipe.ArgumentTemplate} (what of the envelope it is told), {@code PipeProcess} (one
 * run), {@code ExitStatus} (what its end means).
 *
 * <p>Failure cases, each of its own recipient alone:
 *
 * <ul>
 *   <li>an address would begin an argument with "-", where the program would take it for an option: 550 5.1.3 or 550
 *       5.1.7, and the program is not started;
 *   <li>an address cannot be written in the character set of this platform: 550 5.6.7, likewise;
 *   <li>the mail was delivered for the same address before, by its Delivered-To fields: 554 5.4.6;
 *   <li>the program is not there, or may not be started: 451 4.3.5, and when no recipient fared better the lane rests;
 *   <li>it ends before it has read all: that is its own choice, and its exit status counts;
 *   <li>it exits with a status of {@code sysexits.h}: see {@link org.mailwright.smtp.gateway.pipe.PipeDeliverer};
 *   <li>it is killed by a signal, or by a shell that reports one (more than 128): 451 4.3.0;
 *   <li>it takes longer than it may: it is killed with all its descendants, and it is unknown whether the mail was
 *       taken: 451 4.3.0;
 *   <li>it leaves a process behind that keeps its standard output open: the result does not wait for that, a thread
 *       does;
 *   <li>it says more than is kept: the rest is read and thrown away, so that it does not stand still;
 *   <li>the content cannot be read to its end: the program is killed before it sees an end, 451 4.3.0;
 *   <li>the lane belongs to another node by now: the program is not started, or killed before it sees the end of the
 *       content;
 *   <li>the server stops: the program is killed; recipients that were served before are settled, others tried again;
 *   <li>this process dies between the end of the program and the settlement: the mail is handed to the program again.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.gateway.pipe;

import org.jspecify.annotations.NullMarked;
