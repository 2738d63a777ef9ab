package org.mailwright.smtp.core.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Utf8;

/** What holds for any text and any value; the seeds are fixed so that a failure can be repeated. */
class AddressPropertyTest {
    private static final String ALPHABET = "aaabbcZ019..--__@@\"\"\\\\<>[]:,()% \t\r\n"
            + "\0\u007F\u0085\u00E4\u00DF\u03C2\u212A"
            + "\u0130\u0308\u200C\u200D\u0627\u0661\u05D0\u3002\uFF41\u4F8B\u2028\uFFFD\uD83D\uDCE7\u560A+=!/IPv6xn--";

    @Test
    void whatIsAcceptedIsCleanBoundedAndReadsBackEqual() {
        Random random = new Random(5321);
        int accepted = 0;
        for (int round = 0; round < 200_000; round++) {
            String text = "<" + noise(random, 8) + "@" + noise(random, 8) + ">";
            switch (ReversePath.scan(text, 0, true)) {
                case Scan.Found<ReversePath> found -> {
                    accepted++;
                    check(found.value(), text);
                }
                case Scan.Refused<ReversePath> refused -> check(refused.fault(), text);
            }
        }
        assertTrue(accepted > 2_000, "too few were accepted to tell anything: " + accepted);
    }

    private static void check(ReversePath value, String text) {
        String path = value.path();
        assertTrue(path.codePoints().allMatch(c -> Ascii.isPrintable(c) || Utf8.isNonAsciiText(c)), text);
        assertTrue(Utf8.encode(path).length <= 256, text);
        assertEquals(value, ReversePath.parse(path), text);
        assertEquals(value.hashCode(), ReversePath.parse(path).hashCode(), text);
        assertEquals(path, ReversePath.parse(path).path(), text);
        assertEquals(value.isAscii(), Ascii.isAscii(path), text);
        if (value instanceof Mailbox mailbox) {
            assertEquals(value, ForwardPath.parse(path), text);
            checkHost(mailbox.host(), text);
        }
    }

    private static void checkHost(Host host, String text) {
        assertEquals(host, Host.parse(host.toString()), text);
        if (host instanceof Domain domain) {
            assertEquals(domain, domain.toAscii(), text);
            assertEquals(domain, Domain.parse(domain.toUnicode()), text);
            assertTrue(Ascii.isAscii(domain.canonical()), text);
        }
    }

    private static void check(AddressFault fault, String text) {
        assertTrue(Ascii.isPrintable(fault.message()), text);
        assertTrue(fault.position() >= 0 && fault.position() <= text.length(), text);
    }

    @Test
    void anyContentIsReadBackFromWhatItRendersAs() {
        Random random = new Random(6531);
        for (int round = 0; round < 50_000; round++) {
            StringBuilder content = new StringBuilder("x");
            for (int i = random.nextInt(16); i > 0; i--) {
                int codePoint = random.nextInt(4) == 0 ? random.nextInt(0x20000) : 0x20 + random.nextInt(0x5F);
                boolean text = Ascii.isPrintable(codePoint) || Utf8.isNonAsciiText(codePoint);
                content.appendCodePoint(text ? codePoint : '.');
            }
            if (Utf8.length(content) > LocalPart.MAX_OCTETS) {
                content.setLength(1);
            }
            LocalPart localPart = LocalPart.of(content.toString());
            assertEquals(content.toString(), localPart.content());
            assertEquals(localPart, LocalPart.parse(localPart.toString()));
            assertEquals(
                    localPart.toString(), LocalPart.parse(localPart.toString()).toString());
        }
    }

    @Test
    void anyTextIsReadWithoutAnUnexpectedException() {
        Random random = new Random(1123);
        for (int round = 0; round < 200_000; round++) {
            String text = noise(random, 24);
            int from = random.nextInt(text.length() + 1);
            int reached = switch (Mailbox.scan(text, from, random.nextBoolean())) {
                case Scan.Found<Mailbox> found -> found.end();
                case Scan.Refused<Mailbox> refused -> refused.fault().position();
            };
            assertTrue(reached >= from && reached <= text.length(), text);
        }
    }

    /** Half of the time pieces that make an address, else anything. */
    private static String noise(Random random, int most) {
        StringBuilder text = new StringBuilder();
        boolean wild = random.nextInt(3) == 0;
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            int bound = wild ? ALPHABET.length() : 11;
            text.append(
                    random.nextInt(12) == 0
                            ? "\u00E4"
                            : ALPHABET.substring(0, bound).charAt(random.nextInt(bound)));
        }
        return switch (random.nextInt(16)) {
            case 0 -> "\"" + text + "\"";
            case 1 -> "[" + text + "]";
            case 2 -> "[IPv6:" + text + "::1]";
            case 3 -> "xn--" + text;
            default -> text.toString();
        };
    }
}
