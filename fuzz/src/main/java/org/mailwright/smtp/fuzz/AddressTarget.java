package org.mailwright.smtp.fuzz;

import java.util.function.Function;
import org.mailwright.smtp.core.address.AddressFault;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.LocalPart;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.address.Scan;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.text.Utf8;

/**
 * The grammar of addresses: what is read is written again as what means the same, never holds a control character, and
 * no text makes a parser throw anything but its own refusal.
 *
 * @since 0.1.0
 */
public final class AddressTarget {

    private static final int LONGEST_PATH = Mailbox.MAX_OCTETS + 2;

    private AddressTarget() {}

    /** Takes an octet that says whether UTF-8 is allowed, then text. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        boolean utf8 = (data[0] & 1) == 1;
        String text = Texts.of(data, 1);
        path(text, utf8, ReversePath::scan, ReversePath::path);
        path(text, utf8, ForwardPath::scan, ForwardPath::path);
        value(text, Mailbox::parse, Mailbox::toString);
        value(text, LocalPart::parse, LocalPart::toString);
        value(text, LocalPart::of, LocalPart::content);
        value(text, AddressLiteral::parse, AddressLiteral::toString);
        value(text, Domain::parse, Domain::toString);
        domain(text);
    }

    /** Reads a path at an index. */
    @FunctionalInterface
    private interface Scanner<T> {
        Scan<T> scan(String text, int from, boolean utf8);
    }

    private static <T> void path(String text, boolean utf8, Scanner<T> scanner, Function<T, String> render) {
        switch (scanner.scan(text, 0, utf8)) {
            case Scan.Found<T>(T path, int end) -> {
                Check.that(end > 0 && end <= text.length(), "a path ends at " + end + " of " + text.length());
                String written = render.apply(path);
                Check.noControl(written, "a path");
                Check.that(Utf8.encode(written).length <= LONGEST_PATH, "a path is longer than allowed");
                Check.same(new Scan.Found<>(path, written.length()), scanner.scan(written, 0, utf8), "read again");
                Scan<T> shifted = scanner.scan("TO:" + text, 3, utf8);
                Check.same(new Scan.Found<>(path, end + 3), shifted, "read behind something");
            }
            case Scan.Refused<T>(AddressFault fault) -> fault(fault);
        }
    }

    private static <T> void value(String text, Function<String, T> parser, Function<T, String> render) {
        T value;
        try {
            value = parser.apply(text);
        } catch (AddressSyntaxException refused) {
            fault(refused.fault());
            return;
        }
        String written = render.apply(value);
        Check.noControl(written, "an address");
        Check.that(Utf8.isWellFormed(written), "an address has half a surrogate pair");
        Check.same(value, parser.apply(written), "read again");
        Check.same(value.hashCode(), parser.apply(written).hashCode(), "hash code");
    }

    private static void domain(String text) {
        Domain domain;
        try {
            domain = Domain.parse(text);
        } catch (AddressSyntaxException refused) {
            return;
        }
        Check.same(domain, Domain.parse(domain.canonical()), "by its canonical form");
        Check.same(domain.canonical(), Domain.parse(domain.canonical()).canonical(), "canonical form");
        Check.that(domain.toAscii().isAscii(), "a domain in ASCII is not ASCII");
        Check.same(domain, domain.toAscii(), "in ASCII");
        Check.same(domain, Domain.parse(domain.toUnicode()), "in Unicode");
        Check.noControl(domain.toUnicode(), "a domain");
        Check.same(Utf8.encode(domain.toString()).length, domain.octets(), "octets");
    }

    private static void fault(AddressFault fault) {
        Check.noControl(Reply.of(501, "5.1.7", fault.message()).toString(), "a refusal");
        Check.that(fault.message().length() < 200, "a refusal is as long as what it refuses");
    }
}
