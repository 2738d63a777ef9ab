package org.mailwright.smtp.ext.tls;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.text.Ascii;

/** Reads the header field {@code TLS-Required} (RFC 8689 §3). */
final class TlsRequiredField {

    private static final String NAME = "tls-required:";
    private static final String NO = "no";
    /** A field that stands behind so many octets is not found. */
    private static final int MOST_OCTETS = 1 << 17;

    private TlsRequiredField() {}

    /**
     * Tells whether there is one such field, and it says No. It must not be there twice, and then counts for nothing.
     */
    static boolean saysNo(InputStream content) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(
                new ByteArrayInputStream(content.readNBytes(MOST_OCTETS)), StandardCharsets.ISO_8859_1));
        List<StringBuilder> found = new ArrayList<>();
        boolean inside = false;
        String line = lines.readLine();
        while (line != null && !line.isEmpty()) {
            boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            if (folded && inside) {
                found.getLast().append(line);
            } else if (!folded) {
                inside = line.length() >= NAME.length()
                        && Ascii.equalsIgnoreCase(line.subSequence(0, NAME.length()), NAME);
                if (inside) {
                    found.add(new StringBuilder(line.substring(NAME.length())));
                }
            }
            line = lines.readLine();
        }
        return found.size() == 1
                && Ascii.equalsIgnoreCase(found.getFirst().toString().strip(), NO);
    }
}
