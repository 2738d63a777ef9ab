package org.mailwright.smtp.core.reply;

import org.jspecify.annotations.Nullable;

/**
 * The one way to say no: carries the {@link Reply} that the peer gets, or got, and privately the cause.
 *
 * @since 0.1.0
 */
public final class SmtpException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    /** A refusal that has no cause beyond itself; cheap, for it has no stack trace. */
    public SmtpException(Reply reply) {
        super(reply.toString(), null, false, false);
        this.reply = reply;
    }

    /**
     * A refusal because something failed.
     *
     * @param cause goes to the log, never to the peer
     */
    public SmtpException(Reply reply, @Nullable Throwable cause) {
        super(reply.toString(), cause);
        this.reply = reply;
    }

    /** A refusal with this code, enhanced code and text. */
    public static SmtpException of(int code, String enhanced, String text) {
        return new SmtpException(Reply.of(code, enhanced, text));
    }

    /** Returns what the peer is told. */
    public Reply reply() {
        return reply;
    }
}
