package org.mailwright.smtp.queue.sql;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Provenance;

/** Writes values as text that a column or a record holds, and reads them back. */
final class Texts {

    private static final int LONGEST = 1 << 24;

    private Texts() {}

    /** Writes a text that may be longer than {@link DataOutputStream#writeUTF} allows. */
    static void write(DataOutputStream out, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(octets.length);
        out.write(octets);
    }

    static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a text of a record has length " + length);
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    static String provenance(Provenance provenance) {
        return Stream.of(
                        provenance.session(),
                        provenance.listener(),
                        provenance.remote(),
                        provenance.hello(),
                        provenance.identity().map(name -> "=" + name).orElse(""))
                .map(Texts::encode)
                .collect(Collectors.joining("&"));
    }

    /** As forms are encoded; most parts stay as they are, and are not copied. */
    private static String encode(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && c != '-' && c != '.') {
                return URLEncoder.encode(part, StandardCharsets.UTF_8);
            }
        }
        return part;
    }

    private static String decode(String part) {
        return part.indexOf('%') < 0 && part.indexOf('+') < 0 ? part : URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    static Provenance provenance(String text) {
        List<String> parts = Stream.of(text.split("&", -1)).map(Texts::decode).toList();
        if (parts.size() != 5) {
            return Provenance.local("unknown");
        }
        String identity = parts.get(4);
        return new Provenance(
                parts.get(0),
                parts.get(1),
                parts.get(2),
                parts.get(3),
                identity.isEmpty() ? Optional.empty() : Optional.of(identity.substring(1)));
    }

    static String reply(Reply reply) {
        return reply.code() + " " + reply.enhanced().map(EnhancedCode::toString).orElse("-") + " "
                + String.join("\n", reply.lines());
    }

    static Optional<Reply> reply(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.split(" ", 3);
        List<String> lines = List.of(parts[2].split("\n", -1));
        int code = Integer.parseInt(parts[0]);
        return Optional.of(EnhancedCode.parse(parts[1])
                .map(enhanced -> Reply.of(code, enhanced, lines))
                .orElseGet(() -> Reply.of(code, lines)));
    }
}
