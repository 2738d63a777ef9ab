package org.mailwright.smtp.core.extension;

import java.net.SocketAddress;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.HeaderSection;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.transport.TlsSession;

/**
 * A moment of a session at which gates are asked, and the type of what they judge there.
 *
 * @param <T> what is judged
 * @param name for the log
 * @param subject the type of what is judged
 * @since 0.1.0
 */
public record Stage<T>(String name, Class<T> subject) {

    /** A client has connected; judged is its address. */
    public static final Stage<SocketAddress> CONNECT = new Stage<>("connect", SocketAddress.class);

    /** A client has presented itself. */
    public static final Stage<Hello> HELLO = new Stage<>("hello", Hello.class);

    /** TLS is there. */
    public static final Stage<TlsSession> TLS = new Stage<>("tls", TlsSession.class);

    /** A client has proved who it is. */
    public static final Stage<Identity> AUTH = new Stage<>("auth", Identity.class);

    /** A mail begins; its parameters are known, recipients are not. */
    public static final Stage<MailRequest> MAIL = new Stage<>("mail", MailRequest.class);

    /** A recipient is named. */
    public static final Stage<Recipient> RCPT = new Stage<>("rcpt", Recipient.class);

    /** The envelope is complete, the content is about to come. */
    public static final Stage<Envelope> DATA = new Stage<>("data", Envelope.class);

    /**
     * The header of the mail has come, and nothing of it went further. Where a gate of this stage is installed, the
     * header of every mail is held back and shown to it, as much of it as the {@code bodyBuffer} of the
     * {@linkplain org.mailwright.smtp.core.session.Limits limits} has room for. It may amend the attributes of the
     * envelope before the sink and the content stages see them.
     */
    public static final Stage<Heading> HEADER = new Stage<>("header", Heading.class);

    /** The content has come and is not yet committed. */
    public static final Stage<Envelope> BODY = new Stage<>("body", Envelope.class);

    /** What a MAIL command asks for. */
    public record MailRequest(ReversePath reversePath, Attributes attributes) {}

    /** What a mail says of itself, outside and inside. The header can be read only until the gate has judged. */
    public record Heading(Envelope envelope, HeaderSection header) {}
}
