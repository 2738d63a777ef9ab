package org.mailwright.smtp.ext.size;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.client.ClientConfig;
import org.mailwright.smtp.core.client.ClientOwner;
import org.mailwright.smtp.core.client.ClientProfile;
import org.mailwright.smtp.core.client.ClientSession;
import org.mailwright.smtp.core.client.Destination;
import org.mailwright.smtp.core.client.MailJob;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.transport.MemoryTransport;

/** A client with SIZE that has one mail to send, in memory. */
final class OneMail implements ClientOwner, MailJob {

    private final OutgoingMail mail;
    private final MemoryTransport transport = new MemoryTransport();
    private final List<MailResult> results = new ArrayList<>();
    private boolean taken;

    OneMail(Body body) {
        mail = OutgoingMail.of(
                ReversePath.parse("<a@client.example>"), List.of(ForwardPath.parse("<b@example.test>")), body);
    }

    /** Returns what the client says after the peer has offered this keyword. */
    String sentTo(String keyword) {
        transport.begin(new ClientSession(
                "c1",
                ClientConfig.DEFAULTS,
                ClientProfile.of(List.of(new SizeExtension())),
                Destination.of("mx.example.test"),
                this));
        transport.feed("220 mx.example.test\r\n");
        transport.take();
        transport.feed("250-mx.example.test\r\n250 " + keyword + "\r\n");
        return transport.take().lines().findFirst().orElse("");
    }

    /** Returns what became of the mail; empty while it is under way. */
    Optional<Outcome> outcome() {
        return results.stream()
                .findFirst()
                .map(result -> result.recipients().getFirst().outcome());
    }

    @Override
    public OutgoingMail mail() {
        return mail;
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void done(MailResult result) {
        results.add(result);
    }

    @Override
    public void ready(PeerView peer) {
        // the mail is there already
    }

    @Override
    public Optional<MailJob> next() {
        boolean first = !taken;
        taken = true;
        return first ? Optional.of(this) : Optional.empty();
    }

    @Override
    public void idle() {
        // one mail is all
    }

    @Override
    public void closed(boolean ready, Outcome outcome) {
        // the result is told with the mail
    }
}
