package org.mailwright.smtp.ext.tls;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file with keys or certificates that cannot be used; the message names it, and says what was expected and found.
 *
 * @since 0.1.0
 */
public final class TlsMaterialException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;

    TlsMaterialException(Path file, String problem) {
        super(file + ": " + problem);
        this.file = file;
    }

    TlsMaterialException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
        this.file = file;
    }

    /** The file that is wrong. */
    public Path file() {
        return file;
    }
}
