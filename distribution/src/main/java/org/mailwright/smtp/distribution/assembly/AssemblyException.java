package org.mailwright.smtp.distribution.assembly;

/**
 * A server that cannot be put together; the message names the key, the file or the extension.
 *
 * @since 0.1.0
 */
public final class AssemblyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final boolean passing;

    AssemblyException(String message) {
        super(message);
        this.line = 0;
        this.passing = false;
    }

    AssemblyException(String message, Throwable cause) {
        this(0, message, cause);
    }

    AssemblyException(int line, String message, Throwable cause) {
        this(line, message, cause, false);
    }

    private AssemblyException(int line, String message, Throwable cause, boolean passing) {
        super(message, cause);
        this.line = line;
        this.passing = passing;
    }

    /** One that says nothing against the configuration: what it names is away, and may come back. */
    static AssemblyException passing(String message, Throwable cause) {
        return new AssemblyException(0, message, cause, true);
    }

    /** Tells whether the same configuration may do another time. */
    public boolean isPassing() {
        return passing;
    }

    /** The message with the place before it: the configuration by this name, and the line if a single one is meant. */
    public String in(String configuration) {
        return configuration + (line > 0 ? ":" + line : "") + ": " + getMessage();
    }
}
