package org.mailwright.smtp.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.client.ClientConfig;
import org.mailwright.smtp.core.client.ClientOwner;
import org.mailwright.smtp.core.client.ClientProfile;
import org.mailwright.smtp.core.client.ClientSession;
import org.mailwright.smtp.core.client.Destination;
import org.mailwright.smtp.core.client.MailJob;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.transport.MemoryTransport;

/** A client in memory with one mail to one recipient, and what it says of it to a peer. */
final class ClientTalk implements ClientOwner, MailJob {

    private static final Body BODY = Body.of("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));

    private final OutgoingMail mail;
    private boolean taken;

    private ClientTalk(OutgoingMail mail) {
        this.mail = mail;
    }

    /** Returns the lines of MAIL and RCPT that a peer hears that offers these keywords. */
    static List<String> envelope(
            Collection<? extends Extension> extensions,
            Collection<String> keywords,
            Attributes ofMail,
            Attributes ofRecipient) {
        MemoryTransport transport = greeted(extensions, keywords, Attributes.EMPTY, ofMail, ofRecipient);
        List<String> lines = new ArrayList<>();
        take(transport, "MAIL", lines);
        if (!lines.isEmpty()) {
            transport.feed("250 2.1.0 ok\r\n");
            take(transport, "RCPT", lines);
        }
        end(transport);
        return lines;
    }

    /** Returns the first line that a peer hears behind its answer to EHLO; empty where it hears none. */
    static String first(
            Collection<? extends Extension> extensions,
            Collection<String> keywords,
            Attributes ofServer,
            Attributes ofMail) {
        MemoryTransport transport = greeted(extensions, keywords, ofServer, ofMail, Attributes.EMPTY);
        String line = transport.take().lines().findFirst().orElse("");
        end(transport);
        return line;
    }

    /** Answers EHLO. */
    private static MemoryTransport greeted(
            Collection<? extends Extension> extensions,
            Collection<String> keywords,
            Attributes ofServer,
            Attributes ofMail,
            Attributes ofRecipient) {
        ClientTalk talk = new ClientTalk(new OutgoingMail(
                ReversePath.parse("<a@client.example>"),
                List.of(new Recipient(ForwardPath.parse("<b@example.test>"), ofRecipient)),
                ofMail,
                BODY));
        MemoryTransport transport = new MemoryTransport();
        transport.begin(new ClientSession(
                "contract",
                ClientConfig.DEFAULTS,
                ClientProfile.of(extensions),
                Destination.of("mx.example.test", ofServer),
                talk));
        transport.feed("220 mx.example.test\r\n");
        transport.take();
        StringBuilder hello = new StringBuilder("250-mx.example.test\r\n");
        keywords.forEach(keyword -> hello.append("250-").append(keyword).append("\r\n"));
        transport.feed(hello.append("250 X-LAST\r\n").toString());
        return transport;
    }

    private static void end(MemoryTransport transport) {
        if (transport.isOpen()) {
            transport.disconnect("");
        }
    }

    private static void take(MemoryTransport transport, String verb, List<String> to) {
        transport.take().lines().filter(line -> line.startsWith(verb + " ")).forEach(to::add);
    }

    @Override
    public Optional<MailJob> next() {
        boolean first = !taken;
        taken = true;
        return first ? Optional.of(this) : Optional.empty();
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
        // what it said is all that is looked at
    }

    @Override
    public void idle() {
        // one mail is all
    }

    @Override
    public void closed(boolean ready, Outcome outcome) {
        // as with done
    }
}
