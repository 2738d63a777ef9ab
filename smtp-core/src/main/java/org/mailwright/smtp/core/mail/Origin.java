package org.mailwright.smtp.core.mail;

import java.net.SocketAddress;
import java.util.Optional;
import org.mailwright.smtp.core.transport.TlsSession;

/**
 * Where a mail came from: the facts of the session that brought it, for trace fields, policy and the log.
 *
 * @param session id of the session, for the log
 * @param listener name of the listener
 * @param role what the listener is for
 * @param hostname the server's own name
 * @param remote address of the client
 * @param hello how the client presented itself
 * @param tls what TLS agreed on, if there was TLS
 * @param identity who the client proved to be, if it did
 * @since 0.1.0
 */
public record Origin(
        String session,
        String listener,
        Role role,
        String hostname,
        SocketAddress remote,
        Hello hello,
        Optional<TlsSession> tls,
        Optional<Identity> identity) {}
