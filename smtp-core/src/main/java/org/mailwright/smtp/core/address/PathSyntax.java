package org.mailwright.smtp.core.address;

import java.util.Optional;
import org.mailwright.smtp.core.address.AddressFault.Kind;

/** The grammar of paths, RFC 5321 §4.1.2: brackets, the source route of old, and the mailbox. */
final class PathSyntax {
    /** Room for a source route, which RFC 5321 §4.5.3.1.3 does not bound apart from the path. */
    static final int MAX_ROUTE = 768;

    private PathSyntax() {}

    static Optional<ReversePath> reversePath(Cursor in) {
        if (!in.take('<')) {
            return in.fail("<");
        }
        if (in.take('>')) {
            return Optional.of(NullPath.INSTANCE);
        }
        return rest(in).map(mailbox -> mailbox);
    }

    static Optional<ForwardPath> forwardPath(Cursor in) {
        if (!in.take('<')) {
            return in.fail("<");
        }
        if (in.takeWord("Postmaster>")) {
            return Optional.of(Postmaster.INSTANCE);
        }
        return rest(in).map(mailbox -> mailbox);
    }

    private static Optional<Mailbox> rest(Cursor in) {
        if (in.peek() == '@' && !route(in)) {
            return Optional.empty();
        }
        Optional<Mailbox> mailbox = mailbox(in);
        if (mailbox.isPresent() && !in.take('>')) {
            return in.fail(">");
        }
        return mailbox;
    }

    /** Moves past a source route: accepted and ignored, as RFC 5321 §4.1.1.3 and appendix C want it. */
    private static boolean route(Cursor in) {
        int start = in.position();
        do {
            if (!in.take('@')) {
                in.fail("@ before the domain of a source route");
                return false;
            }
            if (Domain.read(in).isEmpty()) {
                return false;
            }
        } while (in.take(','));
        if (!in.take(':')) {
            in.fail("a comma or colon after the domain of a source route");
            return false;
        }
        if (in.position() - start > MAX_ROUTE) {
            in.fail(Kind.TOO_LONG, start, "at most " + MAX_ROUTE + " characters in a source route");
            return false;
        }
        return true;
    }

    static Optional<Mailbox> mailbox(Cursor in) {
        int start = in.position();
        Optional<LocalPart> localPart = LocalPart.read(in);
        if (localPart.isEmpty()) {
            return Optional.empty();
        }
        if (!in.take('@')) {
            return in.fail("@");
        }
        Optional<Host> host = host(in);
        if (host.isEmpty()) {
            return Optional.empty();
        }
        return Mailbox.fits(localPart.get(), host.get())
                ? Optional.of(new Mailbox(localPart.get(), host.get()))
                : in.fail(Kind.TOO_LONG, start, "at most " + Mailbox.MAX_OCTETS + " octets in a mailbox");
    }

    static Optional<Host> host(Cursor in) {
        return in.peek() == '['
                ? LiteralSyntax.read(in).map(literal -> literal)
                : Domain.read(in).map(domain -> domain);
    }
}
