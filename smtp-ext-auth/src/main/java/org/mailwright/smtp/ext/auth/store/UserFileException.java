package org.mailwright.smtp.ext.auth.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A user file that breaks its format; the message is {@code FILE:LINE: KEY: what was expected}.
 *
 * @since 0.1.0
 */
public final class UserFileException extends IOException {

    private final Path file;
    private final int line;
    private final String key;

    UserFileException(Path file, int line, String key, String expected) {
        super(file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + expected);
        this.file = file;
        this.line = line;
        this.key = key;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }

    /** The key that is wrong; empty when the line as a whole is. */
    public String key() {
        return key;
    }
}
