package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Says that a file of aliases or of a user's forward addresses is wrong: where, and what was expected there.
 *
 * @since 0.1.0
 */
public final class AliasFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;

    /**
     * Makes one; the message becomes {@code file:line: problem}.
     *
     * @param line counted from 1; 0 for the file as a whole
     * @param problem what was expected and what was found
     */
    AliasFileException(Path file, int line, String problem) {
        super(file + ":" + (line > 0 ? line + ": " : " ") + problem);
        this.file = file.toString();
        this.line = line;
    }

    /** Returns the path of the file. */
    public String file() {
        return file;
    }

    /** Returns the line, counted from 1; 0 for the file as a whole. */
    public int line() {
        return line;
    }
}
