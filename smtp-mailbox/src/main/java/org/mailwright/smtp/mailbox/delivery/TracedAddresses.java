package org.mailwright.smtp.mailbox.delivery;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.mailwright.smtp.core.mail.Body;

/**
 * The addresses that a mail was delivered for before, by its Delivered-To fields (RFC 9228): it loops when it comes to
 * one of them again.
 *
 * @since 0.1.0
 */
public final class TracedAddresses {
    private static final String NAME = "delivered-to:";
    private static final int LONGEST_LINE = 1024;
    private static final int LONGEST_HEADER = 1024 * 1024;

    private final Set<String> addresses;

    private TracedAddresses(Set<String> addresses) {
        this.addresses = addresses;
    }

    /**
     * Reads the header of a mail, at most its first MiB.
     *
     * @throws IOException when it cannot be read
     */
    public static TracedAddresses of(Body content) throws IOException {
        Set<String> found = new HashSet<>();
        try (InputStream in = new BufferedInputStream(content.open())) {
            ByteArrayOutputStream line = new ByteArrayOutputStream(128);
            boolean empty = true; // nothing but a line end so far
            for (int read = 0; read < LONGEST_HEADER; read++) {
                int octet = in.read();
                if (octet < 0) {
                    break;
                }
                if (octet != '\n') {
                    empty &= octet == '\r';
                    if (line.size() < LONGEST_LINE) {
                        line.write(octet);
                    }
                    continue;
                }
                if (empty) {
                    break;
                }
                take(line.toString(StandardCharsets.UTF_8), found);
                line.reset();
                empty = true;
            }
        }
        return new TracedAddresses(found);
    }

    private static void take(String line, Set<String> found) {
        if (line.regionMatches(true, 0, NAME, 0, NAME.length())) {
            found.add(normal(line.substring(NAME.length())));
        }
    }

    /** Tells whether the mail was delivered for this address before, in any case of its letters. */
    public boolean contains(String address) {
        return addresses.contains(normal(address));
    }

    private static String normal(String address) {
        String bare = address.strip();
        boolean bracketed = bare.startsWith("<") && bare.endsWith(">");
        return (bracketed ? bare.substring(1, bare.length() - 1) : bare).toLowerCase(Locale.ROOT);
    }
}
