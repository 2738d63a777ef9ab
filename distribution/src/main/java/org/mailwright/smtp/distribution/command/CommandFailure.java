package org.mailwright.smtp.distribution.command;

/** The end of a command that could not do what it was asked to. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A failure.
     *
     * @param status the exit status
     * @param message what is told on standard error
     */
    CommandFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    CommandFailure(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    int status() {
        return status;
    }
}
