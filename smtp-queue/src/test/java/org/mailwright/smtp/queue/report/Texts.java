package org.mailwright.smtp.queue.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Passages from a file that a test writes. */
final class Texts {

    private Texts() {}

    static ReportTexts of(String passages) throws IOException {
        return of(passages.getBytes(StandardCharsets.UTF_8));
    }

    static ReportTexts of(byte[] passages) throws IOException {
        Path file = Files.createTempFile("texts", ".txt");
        try {
            Files.write(file, passages);
            return ReportTexts.read(file);
        } finally {
            Files.delete(file);
        }
    }
}
