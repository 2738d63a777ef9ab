package org.mailwright.smtp.queue.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The words of reports that people read: passages with places that are filled.
 *
 * <p>A file of passages is UTF-8 text. Each passage begins with a line that is its name in brackets, and ends where the
 * next begins; blank lines around it do not count. Lines that begin with {@code #} are comments. Places are named in
 * braces, such as <code>{recipient}</code>; a brace that is meant as one is written twice. The usual passages are in
 * {@code texts.txt} beside this class, as a model to copy.
 *
 * @since 0.1.0
 */
public final class ReportTexts {

    private static final String USUAL = "texts.txt";
    private static final int MOST_OCTETS = 256 * 1024;

    private final Map<String, Template> passages;

    private ReportTexts(Map<String, Template> passages) {
        this.passages = passages;
    }

    /** Returns the usual ones, in English. */
    public static ReportTexts usual() {
        try (InputStream in = Objects.requireNonNull(ReportTexts.class.getResourceAsStream(USUAL), USUAL)) {
            Map<String, Template> passages = new TextsReader(USUAL).read(in.readAllBytes());
            if (!passages.keySet().equals(Passages.all().keySet())) {
                throw new IllegalStateException(USUAL + " does not hold each passage");
            }
            return new ReportTexts(passages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file of passages; those that it does not hold are the usual ones.
     *
     * @param file at most 256 KiB
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it is wrong: says file, line, and what was expected
     */
    public static ReportTexts read(Path file) throws IOException {
        byte[] octets;
        try (InputStream in = Files.newInputStream(file)) {
            octets = in.readNBytes(MOST_OCTETS + 1);
        }
        if (octets.length > MOST_OCTETS) {
            throw new IllegalArgumentException(file + ": expected at most " + MOST_OCTETS + " octets");
        }
        Map<String, Template> passages = new HashMap<>(usual().passages);
        passages.putAll(new TextsReader(file.toString()).read(octets));
        return new ReportTexts(Map.copyOf(passages));
    }

    /** Returns a passage. */
    Template passage(String name) {
        Template passage = passages.get(name);
        if (passage == null) {
            throw new IllegalArgumentException("no passage is called " + name);
        }
        return passage;
    }
}
