package org.mailwright.smtp.gateway.http;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.gateway.spool.Spool;

/** One mail that came by HTTP, whole. */
record MailPost(
        ReversePath from,
        List<ForwardPath> to,
        Spool content,
        Identity identity,
        InetSocketAddress remote,
        InetSocketAddress local,
        Optional<TlsSession> tls) {

    /** What the session said of it. */
    record Answer(Optional<String> id, Reply reply) {}
}
