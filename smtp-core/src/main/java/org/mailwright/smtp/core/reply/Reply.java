package org.mailwright.smtp.core.reply;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.text.Ascii;

/**
 * One SMTP reply: a three-digit code, an enhanced status code where there is one, and one or more lines of text (RFC
 * 5321 §4.2, RFC 2034). It cannot hold a control character, nor an enhanced code of another class than its own.
 *
 * @since 0.1.0
 */
public final class Reply {

    /** Octets of one reply line without CRLF (RFC 5321 §4.5.3.1.5). */
    public static final int MAX_LINE = 510;

    private static final int MAX_LINES = 512;

    private final int code;
    private final @Nullable EnhancedCode enhanced;
    private final List<String> lines;
    private final boolean utf8;
    private byte @Nullable [] plain;
    private byte @Nullable [] complete;

    private Reply(int code, @Nullable EnhancedCode enhanced, List<String> lines) {
        this(code, enhanced, lines, false);
    }

    private Reply(int code, @Nullable EnhancedCode enhanced, List<String> lines, boolean utf8) {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("reply code " + code + " is not within 200..599");
        }
        if (enhanced != null && !enhanced.fits(code)) {
            throw new IllegalArgumentException("enhanced code " + enhanced + " does not fit reply code " + code);
        }
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new IllegalArgumentException("a reply has 1 to " + MAX_LINES + " lines, not " + lines.size());
        }
        for (String line : lines) {
            requireText(line);
        }
        this.code = code;
        this.enhanced = enhanced;
        this.lines = List.copyOf(lines);
        this.utf8 = utf8;
    }

    /** Returns a reply without enhanced code: a greeting, an answer to EHLO, a 3xx, or what an old peer said. */
    public static Reply of(int code, String... lines) {
        return new Reply(code, null, List.of(lines));
    }

    /** Returns a reply without enhanced code. */
    public static Reply of(int code, List<String> lines) {
        return new Reply(code, null, lines);
    }

    /**
     * Returns a reply with an enhanced status code.
     *
     * @param enhanced such as "2.1.0"
     * @throws IllegalArgumentException when the classes differ or the text holds a control character
     */
    public static Reply of(int code, String enhanced, String text) {
        return new Reply(
                code,
                EnhancedCode.parse(enhanced)
                        .orElseThrow(() -> new IllegalArgumentException("not an enhanced code: " + enhanced)),
                List.of(text));
    }

    /** Returns a reply with an enhanced status code. */
    public static Reply of(int code, EnhancedCode enhanced, String... lines) {
        return new Reply(code, enhanced, List.of(lines));
    }

    /** Returns a reply with an enhanced status code and any number of lines. */
    public static Reply of(int code, EnhancedCode enhanced, List<String> lines) {
        return new Reply(code, enhanced, lines);
    }

    /**
     * Makes text that came from outside fit for a reply: anything but printable US-ASCII becomes "?", and what is
     * longer than 200 characters is cut.
     */
    public static String printable(String untrusted) {
        StringBuilder out = new StringBuilder(Math.min(untrusted.length(), 203));
        for (int i = 0; i < untrusted.length() && i < 200; i++) {
            char c = untrusted.charAt(i);
            out.append(c >= ' ' && c < 127 ? c : '?');
        }
        return untrusted.length() > 200 ? out.append("...").toString() : out.toString();
    }

    /**
     * Returns the same reply, whose octets are UTF-8. Only for who has said that he takes it, and for nothing but
     * mailboxes and the names of users (RFC 6531 §3.7.4).
     */
    public Reply inUtf8() {
        return new Reply(code, enhanced, lines, true);
    }

    /** Tells whether its text is US-ASCII. */
    public boolean isAscii() {
        return lines.stream().allMatch(Ascii::isAscii);
    }

    /** Returns the three-digit code. */
    public int code() {
        return code;
    }

    /** Returns the enhanced status code. */
    public Optional<EnhancedCode> enhanced() {
        return Optional.ofNullable(enhanced);
    }

    /** Returns the lines of text, at least one, without codes. */
    public List<String> lines() {
        return lines;
    }

    /** Returns the lines in one string, separated by blanks. */
    public String text() {
        return lines.size() == 1 ? lines.get(0) : String.join(" ", lines);
    }

    /** Tells whether the code is 2xx: done. */
    public boolean isPositive() {
        return code < 300;
    }

    /** Tells whether the code is 3xx: go on. */
    public boolean isIntermediate() {
        return code >= 300 && code < 400;
    }

    /** Tells whether the code is 4xx: try again later. */
    public boolean isTransient() {
        return code >= 400 && code < 500;
    }

    /** Tells whether the code is 5xx: do not try again. */
    public boolean isPermanent() {
        return code >= 500;
    }

    /**
     * Returns the octets of this reply with its line ends. Long lines are folded into several of at most
     * {@value #MAX_LINE} octets; anything outside US-ASCII goes out as "?", unless it is {@link #inUtf8}.
     *
     * @param withEnhanced whether the enhanced code goes out (RFC 2034)
     * @return a shared array: do not change it
     */
    public byte[] octets(boolean withEnhanced) {
        byte[] known = withEnhanced ? complete : plain;
        if (known == null) {
            known = encode(withEnhanced ? enhanced : null);
            if (withEnhanced) {
                complete = known;
            } else {
                plain = known;
            }
        }
        return known;
    }

    private byte[] encode(@Nullable EnhancedCode withCode) {
        String status = withCode == null ? "" : withCode + " ";
        int room = MAX_LINE - 4 - status.length();
        List<String> folded = new ArrayList<>(lines.size());
        for (String line : lines) {
            fold(line, room, folded);
        }
        StringBuilder out = new StringBuilder(lines.size() * 64);
        for (int i = 0; i < folded.size(); i++) {
            char separator = i < folded.size() - 1 ? '-' : ' ';
            out.append(code)
                    .append(separator)
                    .append(status)
                    .append(folded.get(i))
                    .append("\r\n");
        }
        return out.toString().getBytes(utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII);
    }

    private void fold(String line, int room, List<String> into) {
        String rest = line;
        while (true) {
            int most = utf8 ? fitting(rest, room) : Math.min(rest.length(), room);
            if (most == rest.length()) {
                break;
            }
            int cut = rest.lastIndexOf(' ', most);
            if (cut <= 0) {
                cut = most;
            }
            into.add(rest.substring(0, cut));
            rest = rest.substring(rest.charAt(cut) == ' ' ? cut + 1 : cut);
        }
        into.add(rest);
    }

    /** Returns how many characters of a text fit into so many octets of UTF-8, whole ones. */
    private static int fitting(String text, int octets) {
        int at = 0;
        int used = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            used += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (used > octets) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private static void requireText(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < ' ' || (c >= 127 && c < 160) || c == '\u2028' || c == '\u2029') {
                throw new IllegalArgumentException("a reply cannot hold the control character " + (int) c);
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reply that
                && code == that.code
                && Objects.equals(enhanced, that.enhanced)
                && lines.equals(that.lines);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, enhanced, lines);
    }

    /** Returns the reply on one line, for the log. */
    @Override
    public String toString() {
        return code + (enhanced == null ? "" : " " + enhanced) + " " + text();
    }
}
