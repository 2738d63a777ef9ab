package org.mailwright.smtp.core.extension;

import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.transport.TlsSession;

/**
 * What is known of one conversation with a client. Valid only while the call lasts that passes it.
 *
 * @since 0.1.0
 */
public interface SessionView {

    /** Returns the id of the session, for the log. */
    String id();

    /** Returns the name of the listener. */
    String listener();

    /** Returns what the listener is for. */
    Role role();

    /** Returns the server's own name. */
    String hostname();

    /** Returns the client's address. */
    SocketAddress remoteAddress();

    /** Returns the address at which the client reached the server. */
    SocketAddress localAddress();

    /** Returns where the session stands. */
    VerbSpec.Phase phase();

    /** Returns how the client presented itself. */
    Optional<Hello> hello();

    /** Returns what TLS agreed on, when there is TLS. */
    Optional<TlsSession> tls();

    /** Returns who the client has proved to be. */
    Optional<Identity> identity();

    /** Returns the reverse-path of the mail in progress. */
    Optional<ReversePath> reversePath();

    /** Returns the recipients of the mail in progress that were accepted so far. */
    List<Recipient> recipients();

    /** Tells whether content of the mail in progress has come already: between two chunks of it (RFC 3030 §2). */
    boolean contentBegun();

    /** Returns a value of an extension: of the connection, the TLS epoch or the mail in progress. */
    <T> Optional<T> get(AttributeKey<T> key);

    /** Returns the verbs of the listener. */
    List<VerbSpec> verbs();
}
