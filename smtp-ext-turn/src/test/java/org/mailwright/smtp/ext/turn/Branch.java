package org.mailwright.smtp.ext.turn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.client.ClientConfig;
import org.mailwright.smtp.core.client.ClientOwner;
import org.mailwright.smtp.core.client.ClientProfile;
import org.mailwright.smtp.core.client.ClientSession;
import org.mailwright.smtp.core.client.Destination;
import org.mailwright.smtp.core.client.MailJob;
import org.mailwright.smtp.core.extension.RoleTaker;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.SmtpException;

/** Keeps one mail for a.test, none for b.test, and cannot look after broken.test; all of them are of "branch". */
final class Branch implements HeldMail {

    final List<String> results = new CopyOnWriteArrayList<>();

    @Override
    public Set<Domain> domains(Identity user) throws SmtpException, IOException {
        return switch (user.name()) {
            case "branch" -> Set.of(Domain.parse("a.test"), Domain.parse("b.test"), Domain.parse("broken.test"));
            case "empty" -> Set.of(Domain.parse("b.test"));
            case "closed" -> throw SmtpException.of(454, "4.7.0", "Later");
            default -> Set.of();
        };
    }

    @Override
    public Optional<RoleTaker> fetch(Set<Domain> domains, SessionView session) throws IOException {
        if (domains.equals(Set.of(Domain.parse("broken.test")))) {
            throw new IOException("the queue is away");
        }
        return domains.contains(Domain.parse("a.test")) ? Optional.of(this::sender) : Optional.empty();
    }

    private ClientSession sender(SessionView session) {
        Sender owner = new Sender();
        ClientSession sender = new ClientSession(
                session.id(),
                ClientConfig.DEFAULTS.withHostname(session.hostname()),
                ClientProfile.BARE,
                Destination.of("a.test").inheriting(session.tls()),
                owner);
        owner.session = Optional.of(sender);
        return sender;
    }

    private final class Sender implements ClientOwner, MailJob {

        private final Queue<MailJob> jobs = new ArrayDeque<>(List.of(this));
        private Optional<ClientSession> session = Optional.empty();

        @Override
        public Optional<MailJob> next() {
            return Optional.ofNullable(jobs.poll());
        }

        @Override
        public void idle() {
            session.ifPresent(ClientSession::quit);
        }

        @Override
        public void closed(boolean ready, Outcome outcome) {}

        @Override
        public OutgoingMail mail() {
            return OutgoingMail.of(
                    ReversePath.parse("<sender@client.example>"),
                    List.of(ForwardPath.parse("<joe@a.test>")),
                    Body.of("Hello\r\n".getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public void done(MailResult result) {
            results.add(result.recipients().getFirst().outcome().reply().toString());
        }
    }
}
