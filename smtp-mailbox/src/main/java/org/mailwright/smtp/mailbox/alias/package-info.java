/**
 * Aliases, lists and forwards: who gets the mail for a local address, and by which lane.
 *
 * <p>Reading order: {@link org.mailwright.smtp.mailbox.alias.AliasTable} (what is known),
 * {@link org.mailwright.smtp.mailbox.alias.AliasFile} (and kept up to date),
 * {@link org.mailwright.smtp.mailbox.alias.Forwards} and {@link org.mailwright.smtp.mailbox.alias.ForwardFiles} (what
 * users want), {@code Expansion} (how they are followed) and {@code Ends} (by RCPT as by the queue),
 * {@link org.mailwright.smtp.mailbox.alias.LocalRouter} (which ways that gives),
 * {@link org.mailwright.smtp.mailbox.alias.Redistribution} (what goes on of a sender's wishes),
 * {@link org.mailwright.smtp.mailbox.alias.AliasDeliverer} (what the sender hears),
 * {@link org.mailwright.smtp.mailbox.alias.AliasAddressees} (who is refused at RCPT),
 * {@link org.mailwright.smtp.mailbox.alias.AliasRoom} (and who because of a full mailbox),
 * {@link org.mailwright.smtp.mailbox.alias.AliasMembers} (what EXPN tells),
 * {@link org.mailwright.smtp.mailbox.alias.AliasCheck} (which aliases lead nowhere).
 *
 * <p>The file is UTF-8 text of at most 16 MiB:
 *
 * <pre>
 * # a comment
 * sales@example.org:      alice, bob@elsewhere.example
 * list@example.org:       a@one.example,
 *                         b@two.example
 * owner-list@example.org: boss@example.org
 * spam@example.org:       :discard:
 * {@literal @}example.org:           catchall@example.org
 * {@literal @}old.example:           {@literal @}example.org
 * </pre>
 *
 * <p>An entry is a full address, a colon and what it stands for: addresses with commas between them, 1000 at most. A
 * line that begins with a space continues the one before; one that begins with {@code #} is a comment. A name without a
 * domain is of the domain before the colon. {@code :discard:} throws the mail away. Programs, files and includes are
 * refused. Names are compared without regard to case, and each may stand before a colon once.
 *
 * <p>An address is looked for in this order: as an entry with its detail ({@code sales+eu@}); as one without, and the
 * detail goes on when a single local address takes its place; as one of a domain that is another name of a second,
 * which keeps the local part; as a mailbox; as one for the catch-all of its domain. So a catch-all takes no mail of
 * users, and none for the postmaster. What is found is looked for again. An alias that has its own name among its
 * members is the mailbox of that name too.
 *
 * <p>Failure cases, and what holds in each:
 *
 * <ul>
 *   <li>the file is wrong at start: {@link org.mailwright.smtp.mailbox.alias.AliasFileException} with file, line and
 *       what was expected; wrong or gone later: logged, and the table read before holds;
 *   <li>an alias leads back to itself through others, or through too many: 554 5.4.6; to too many addresses: 554 5.5.3;
 *       said at RCPT, so that other recipients get the mail; where it became so afterwards, the sender gets a report;
 *   <li>there is neither alias nor mailbox, or an alias has such members only: 550 5.1.1; an alias has such a member
 *       among others: the mailboxes refuse it in its turn, and the sender, or the owner of the list, gets a report;
 *   <li>a user's forward file is another's, unreadable or wrong, or leads to any of these: logged, and the mail goes
 *       into the user's mailbox; a forward that comes back to a user ends in the mailbox;
 *   <li>a forward leads to another host, which sends the mail back: the router does not see the header; the limit on
 *       Received fields ends it.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.mailbox.alias;

import org.jspecify.annotations.NullMarked;
