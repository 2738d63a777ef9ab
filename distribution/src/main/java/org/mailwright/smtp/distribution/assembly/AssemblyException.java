package org.mailwright.smtp.distribution.assembly;

/**
 * A server that cannot be put together; the message names the key, the file or the extension.
 *
 * @since 0.1.0
 */
public final class AssemblyException extends Exception {
    private static final long serialVersionUID = 1L;

    AssemblyException(String message) {
        super(message);
    }

    AssemblyException(String message, Throwable cause) {
        super(message, cause);
    }
}
