package org.mailwright.smtp.distribution.assembly;

/**
 * A server that cannot be put together; the message names the key, the file or the extension.
 *
 * @since 0.1.0
 */
public final class AssemblyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    AssemblyException(String message) {
        super(message);
        this.line = 0;
    }

    AssemblyException(String message, Throwable cause) {
        this(0, message, cause);
    }

    AssemblyException(int line, String message, Throwable cause) {
        super(message, cause);
        this.line = line;
    }

    /** The message with the place before it: the configuration by this name, and the line if a single one is meant. */
    public String in(String configuration) {
        return configuration + (line > 0 ? ":" + line : "") + ": " + getMessage();
    }
}
