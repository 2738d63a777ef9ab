package org.mailwright.smtp.queue.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Utf8;

/** Text beyond US-ASCII in header fields (RFC 2047). */
final class EncodedWords {

    private static final Pattern WORD =
            Pattern.compile("=\\?([^?*\\s]++)(?:\\*[^?\\s]*+)?\\?([bBqQ])\\?([^?\\s]*+)\\?=");
    private static final int OCTETS = 42; // of one word: 56 characters in Base64, 68 with what stands around them

    private EncodedWords() {}

    /**
     * Returns a value as it may stand in an unstructured field: as it is, or in words with blanks between them. What
     * looks like a word and is none is encoded, too.
     */
    static String encode(String text) {
        if (Ascii.isAscii(text) && !text.contains("=?")) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        text.codePoints().forEach(character -> {
            byte[] octets = Character.toString(character).getBytes(StandardCharsets.UTF_8);
            if (word.size() + octets.length > OCTETS) {
                end(word, out);
            }
            word.writeBytes(octets);
        });
        end(word, out);
        return out.toString();
    }

    private static void end(ByteArrayOutputStream word, StringBuilder out) {
        out.append(out.isEmpty() ? "" : " ")
                .append("=?utf-8?B?")
                .append(Base64.getEncoder().encodeToString(word.toByteArray()))
                .append("?=");
        word.reset();
    }

    /** Returns a value for people to read: words that cannot be decoded stay as they are. May hold any character. */
    static String decode(String value) {
        StringBuilder out = new StringBuilder(value.length());
        Matcher word = WORD.matcher(value);
        int end = 0;
        boolean afterWord = false;
        while (word.find()) {
            Optional<String> text = text(word.group(1), word.group(2), word.group(3));
            String between = value.substring(end, word.start());
            out.append(afterWord && text.isPresent() && between.isBlank() ? "" : between)
                    .append(text.orElse(word.group()));
            afterWord = text.isPresent();
            end = word.end();
        }
        return out.append(value, end, value.length()).toString();
    }

    private static Optional<String> text(String charset, String encoding, String encoded) {
        try {
            byte[] octets = encoding.toUpperCase(Locale.ROOT).equals("B")
                    ? Base64.getDecoder().decode(encoded)
                    : quoted(encoded);
            return Optional.of(new String(octets, Charset.forName(charset))).filter(Utf8::isWellFormed);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] quoted(String encoded) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            int value = c == '=' && i + 2 < encoded.length() ? hex(encoded, i + 1) : -1;
            if (value >= 0) {
                octets.write(value);
                i += 2;
            } else {
                octets.write(c == '_' ? ' ' : c);
            }
        }
        return octets.toByteArray();
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
