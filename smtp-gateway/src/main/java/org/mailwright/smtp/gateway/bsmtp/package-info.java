/**
 * Batch SMTP (RFC 2442): the client's half of a conversation in a file, for mail that travels by other means.
 * {@link org.mailwright.smtp.gateway.bsmtp.BatchReader} takes such mail in,
 * {@link org.mailwright.smtp.gateway.bsmtp.BatchDeliverer} writes it.
 *
 * <p>Reading order: {@link org.mailwright.smtp.gateway.bsmtp.BatchReader}, {@code BatchInput} and {@code BatchLog}
 * (what became of each mail); then {@link org.mailwright.smtp.gateway.bsmtp.BatchConfig},
 * {@link org.mailwright.smtp.gateway.bsmtp.BatchDeliverer} and {@code BatchFile}.
 *
 * <p>Failure cases of reading:
 *
 * <ul>
 *   <li>MAIL, all RCPT or DATA are refused: whoever wrote the batch did not know, so content follows; it is passed over
 *       and never taken for commands, whatever it says;
 *   <li>BDAT is refused: its octets are passed over likewise; when it does not say how many, the reading ends;
 *   <li>the input ends within a mail, and be it one octet before the end: the mail is not taken;
 *   <li>the input cannot be read on: the same;
 *   <li>the session is closed by the server's own bounds: the rest is not read, and the report says so;
 *   <li>lines end with LF alone, as files have it: they count as CRLF, in commands and contents the same. A lone CR is
 *       refused or mended, as the listener has it;
 *   <li>a line never ends: bounded memory; a command is refused, a content goes on;
 *   <li>the process dies while it reads: mails that were taken are taken, and a second reading takes them again.
 *       Whoever moves the file away afterwards bears that.
 * </ul>
 *
 * <p>Failure cases of writing:
 *
 * <ul>
 *   <li>the process dies before the file has its name: there is no mail, but perhaps a file {@code .*.part}, which
 *       nobody reads; the mail is tried again;
 *   <li>it dies between naming and settlement: the next attempt writes the same name again, or a second file when the
 *       first was taken away meanwhile;
 *   <li>the content of one mail cannot be read, or it is not ours any more: it is cut out, the others of the file stay;
 *   <li>the medium is full or fails: 452 4.3.1 or 451 4.3.0, the file is removed, nobody's mail was delivered;
 *   <li>an address or a content needs what was not agreed with the reader: 550 5.6.7 for an address;
 *   <li>the server stops while mails gather: the file is ended at once, and what is in it is delivered.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.gateway.bsmtp;

import org.jspecify.annotations.NullMarked;
