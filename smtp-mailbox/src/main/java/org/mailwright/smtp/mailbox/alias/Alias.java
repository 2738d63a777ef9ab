package org.mailwright.smtp.mailbox.alias;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.Mailbox;

/**
 * One entry of a table: a name that stands for others.
 *
 * @param name as the file has it, unique in its table
 * @param members who it stands for; none: the mail is thrown away
 * @param owner who gets the reports of mail to the members, when it is a list with an owner
 * @param line where its file has it, counted from 1
 */
record Alias(String name, List<Mailbox> members, Optional<Mailbox> owner, int line) {

    Alias {
        members = List.copyOf(members);
    }

    boolean is(Alias other) {
        return name.equals(other.name);
    }
}
