package org.mailwright.smtp.server.log;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Observer;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.reply.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes sessions to the log: a line per mail and per refused sender or recipient at level INFO, connections and
 * commands at DEBUG. Each has the id of its session as {@code session} beside the text, those of a mail its id as
 * {@code mail}. Secrets are masked before they get here.
 *
 * @since 0.1.0
 */
public final class SessionLog implements Extension {

    private static final int REFUSALS = 400;
    /** What is asked for a mail: who runs a server is asked why it was not taken. */
    private static final Set<String> REFUSED = Set.of("MAIL", "RCPT");

    private static final Logger LOG = LoggerFactory.getLogger("org.mailwright.smtp.session");

    @Override
    public String id() {
        return "LOG";
    }

    @Override
    public void server(ServerSide side) {
        if (LOG.isInfoEnabled()) {
            side.observer(new Writer());
        }
    }

    private static final class Writer implements Observer {

        @Override
        public void connected(SessionView session) {
            LOG.atDebug()
                    .addKeyValue("session", session.id())
                    .addKeyValue("event", "connected")
                    .log("{} {} connected from {}", session.id(), session.listener(), session.remoteAddress());
        }

        @Override
        public void answered(SessionView session, Command command, Reply reply) {
            if (reply.code() >= REFUSALS && REFUSED.contains(command.verb())) {
                LOG.atInfo()
                        .addKeyValue("session", session.id())
                        .addKeyValue("event", "refused")
                        .addKeyValue("client", client(session))
                        .addKeyValue("reply", reply)
                        .log(
                                "{} refused {}{} from client {} => {}",
                                session.id(),
                                command,
                                session.reversePath()
                                        .map(sender -> " of " + sender.path())
                                        .orElse(""),
                                client(session),
                                reply);
            } else {
                LOG.atDebug().addKeyValue("session", session.id()).log("{} {} => {}", session.id(), command, reply);
            }
        }

        private static String client(SessionView session) {
            return session.remoteAddress() instanceof InetSocketAddress address && !address.isUnresolved()
                    ? address.getAddress().getHostAddress()
                    : session.remoteAddress().toString();
        }

        @Override
        public void mail(SessionView session, Envelope envelope, long octets, List<Reply> replies) {
            Reply first = replies.get(0);
            LOG.atInfo()
                    .addKeyValue("session", session.id())
                    .addKeyValue("mail", envelope.id())
                    .addKeyValue("event", event(replies))
                    .addKeyValue("octets", octets)
                    .addKeyValue("client", client(session))
                    .addKeyValue("reply", first)
                    .log(
                            "{} mail {} from {} to {}{}, {} octets, from client {} => {}",
                            session.id(),
                            envelope.id(),
                            envelope.reversePath().path(),
                            envelope.recipients().get(0).path().path(),
                            envelope.recipients().size() == 1
                                    ? ""
                                    : " and " + (envelope.recipients().size() - 1) + " more",
                            octets,
                            client(session),
                            first);
        }

        /** A mail of LMTP has a reply for each recipient: it is taken if it is for one of them. */
        private static String event(List<Reply> replies) {
            return replies.stream().anyMatch(reply -> reply.code() < REFUSALS) ? "accepted" : "refused";
        }

        @Override
        public void closed(SessionView session, String why) {
            LOG.atDebug()
                    .addKeyValue("session", session.id())
                    .addKeyValue("event", "closed")
                    .log("{} closed {}", session.id(), why);
        }
    }
}
