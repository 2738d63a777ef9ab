package org.mailwright.smtp.ext.content.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.mailwright.smtp.core.text.Utf8;

/** The header of a mail or a part of it, as it stands there. */
final class Header {

    private static final int MOST_OCTETS = 256 * 1024;
    private static final String CONTENT_TYPE = "content-type";
    private static final String ENCODING = "content-transfer-encoding";

    /** A field with its folding, one char per octet. */
    private record Line(String name, String text) {}

    private final List<Line> fields = new ArrayList<>();
    private String type = "";
    private int size;
    private boolean eightBit;
    private boolean utf8 = true;

    void add(Field field) throws MimeException {
        byte[] octets = field.getRaw().toByteArray();
        String name = field.getName().strip().toLowerCase(Locale.ROOT);
        size += octets.length;
        if (size > MOST_OCTETS) {
            throw new MimeException("a header of more than " + MOST_OCTETS + " octets");
        }
        for (byte octet : octets) {
            eightBit |= octet < 0;
        }
        utf8 &= Utf8.decode(octets).isPresent();
        if (type.isEmpty() && name.equals(CONTENT_TYPE) && field instanceof RawField raw) {
            String value = RawFieldParser.DEFAULT.parseRawBody(raw).getValue();
            type = value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
        }
        fields.add(new Line(name, new String(octets, StandardCharsets.ISO_8859_1)));
    }

    /** Tells whether there are octets beyond US-ASCII. */
    boolean eightBit() {
        return eightBit;
    }

    /** Tells whether there are octets beyond US-ASCII, and all of it is UTF-8. */
    boolean utf8() {
        return eightBit && utf8;
    }

    /** Tells whether what follows is signed, so that nobody may touch it (RFC 1847 §2.1). */
    boolean signed() {
        return type.equals("multipart/signed");
    }

    /**
     * Returns it with its empty line.
     *
     * @param encoding what Content-Transfer-Encoding says; empty: as before
     * @param unknownText whether it is text that does not say so (RFC 1428 §3)
     * @param version whether MIME-Version must be there
     */
    byte[] octets(Optional<String> encoding, boolean unknownText, boolean version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(size + 100);
        boolean written = encoding.isEmpty();
        for (Line field : fields) {
            if (encoding.isPresent() && field.name().equals(ENCODING)) {
                if (!written) {
                    line("Content-Transfer-Encoding: " + encoding.get(), out);
                    written = true;
                }
            } else {
                line(field.text(), out);
            }
        }
        if (version && !has("mime-version")) {
            line("MIME-Version: 1.0", out);
        }
        if (unknownText && !has(CONTENT_TYPE)) {
            line("Content-Type: text/plain; charset=unknown-8bit", out);
        }
        if (!written) {
            line("Content-Transfer-Encoding: " + encoding.get(), out);
        }
        line("", out);
        return out.toByteArray();
    }

    private boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equals(name));
    }

    private static void line(String text, ByteArrayOutputStream out) {
        out.writeBytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
