package org.mailwright.smtp.distribution.sendmail;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mailwright.smtp.distribution.sendmail.SendmailException.Kind;

/**
 * A mail that a program of this host handed over: the text in a file of its own, the header in memory.
 *
 * @since 0.1.0
 */
public final class LocalMail implements Closeable {
    /** Largest header in octets. */
    private static final int LARGEST_HEADER = 1 << 20;

    private final Path file;
    private final List<String> fields;
    private final long bodyStart;

    private LocalMail(Path file, List<String> fields, long bodyStart) {
        this.file = file;
        this.fields = fields;
        this.bodyStart = bodyStart;
    }

    /**
     * Reads a mail to its end.
     *
     * @param in where it comes from, with LF or CRLF line ends
     * @param dotEnds whether a line with a single dot ends it
     * @throws SendmailException when it is no text, or its header is larger than 1 MiB
     */
    public static LocalMail read(InputStream in, boolean dotEnds) throws IOException, SendmailException {
        Path file = Files.createTempFile("mailwright", ".eml");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
                WireText.copy(in, dotEnds, out);
            }
            return open(file);
        } catch (IOException | SendmailException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static LocalMail open(Path file) throws IOException, SendmailException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(LARGEST_HEADER + 1);
        }
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (at < head.length) {
            int end = lineEnd(head, at);
            String line = new String(head, at, end - at, StandardCharsets.ISO_8859_1);
            if ((line.startsWith(" ") || line.startsWith("\t")) && !fields.isEmpty()) {
                fields.set(fields.size() - 1, fields.getLast() + line);
            } else if (isField(line)) {
                fields.add(line);
            } else {
                return new LocalMail(file, fields, line.equals("\r\n") ? end : at);
            }
            at = end;
        }
        if (at > LARGEST_HEADER) {
            throw new SendmailException(Kind.MAIL, "expected a header of at most 1 MiB, found a larger one");
        }
        return new LocalMail(file, fields, at);
    }

    private static int lineEnd(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return Math.min(text.length, at + 1);
    }

    private static boolean isField(String line) {
        int colon = line.indexOf(':');
        return colon > 0 && line.substring(0, colon).stripTrailing().chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Whether there is a field of that name. */
    public boolean has(String name) {
        return fields.stream().anyMatch(field -> isNamed(field, name));
    }

    /** The addresses in all fields of that name. */
    public List<String> addresses(String name) {
        return fields.stream()
                .filter(field -> isNamed(field, name))
                .map(field -> field.substring(field.indexOf(':') + 1))
                .map(value -> new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .flatMap(value -> AddressList.parse(value).stream())
                .toList();
    }

    /** Takes away all fields of that name. */
    public void remove(String name) {
        fields.removeIf(field -> isNamed(field, name));
    }

    /**
     * Adds a field at the end of the header.
     *
     * @param name its name
     * @param value its value on one line; other characters than printable ones become spaces
     */
    public void add(String name, String value) {
        String clean = value.replaceAll("\\p{Cntrl}", " ");
        byte[] octets = (name + ": " + clean + "\r\n").getBytes(StandardCharsets.UTF_8);
        fields.add(new String(octets, StandardCharsets.ISO_8859_1));
    }

    private static boolean isNamed(String field, String name) {
        int colon = field.indexOf(':');
        return field.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
    }

    /** The octets of the mail with CRLF line ends; each call begins anew. */
    public InputStream open() throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        for (String field : fields) {
            header.writeBytes(field.getBytes(StandardCharsets.ISO_8859_1));
        }
        header.writeBytes(new byte[] {'\r', '\n'});
        InputStream body = Files.newInputStream(file);
        body.skipNBytes(bodyStart);
        return new SequenceInputStream(new ByteArrayInputStream(header.toByteArray()), body);
    }

    /** Removes the file. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
