package org.mailwright.smtp.distribution.command;

import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.address.Postmaster;
import org.mailwright.smtp.core.address.ReversePath;

/** Addresses as people write them on a command line: with or without angle brackets. */
final class Addresses {
    private Addresses() {}

    /** A sender; an empty one is the null path. */
    static ReversePath sender(String written) throws CommandFailure {
        if (written.isEmpty() || written.equals("<>")) {
            return NullPath.INSTANCE;
        }
        try {
            return written.startsWith("<") ? ReversePath.parse(written) : Mailbox.parse(written);
        } catch (AddressSyntaxException e) {
            throw wrong(written, e);
        }
    }

    /** A recipient; {@code postmaster} without a domain is the postmaster of the server. */
    static ForwardPath recipient(String written) throws CommandFailure {
        if (written.equalsIgnoreCase("postmaster")) {
            return Postmaster.INSTANCE;
        }
        try {
            return written.startsWith("<") ? ForwardPath.parse(written) : Mailbox.parse(written);
        } catch (AddressSyntaxException e) {
            throw wrong(written, e);
        }
    }

    private static CommandFailure wrong(String written, AddressSyntaxException why) {
        return new CommandFailure(
                ExitStatus.USAGE, "expected an address, found \"" + written + "\": " + why.getMessage(), why);
    }
}
