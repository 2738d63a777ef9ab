package org.mailwright.smtp.queue.report;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Provenance;
import org.mailwright.smtp.queue.Reporter.Kind;
import org.mailwright.smtp.queue.Reporter.Told;
import org.mailwright.smtp.queue.Router;
import org.mailwright.smtp.testkit.TestClock;

/** A mail to report of, a reporter, and its reports as a mail program reads them. */
final class Bench {

    static final AttributeKey<Boolean> UTF8 = WellKnown.INTERNATIONALIZED;
    static final Instant ACCEPTED = Instant.parse("2026-11-20T08:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-25T09:30:00Z");
    static final LaneName LANE = new LaneName("relay", "sender.example");
    static final Reply UNKNOWN = Reply.of(550, "5.1.1", "No such user here");
    static final Reply TIMEOUT = Reply.of(451, "4.4.1", "No answer from host");
    static final String HEADER = """
        From: Sender <sender@sender.example>\r
        To: user@example.org\r
        Subject: Hello there\r
        Message-ID: <first@sender.example>\r
        """;
    static final String MAIL = HEADER + "\r\nThe body.\r\n";

    final List<Envelope> asked = new ArrayList<>();
    ReportConfig config = ReportConfig.of("mx.example.net");
    ReportTexts texts = ReportTexts.usual();
    ReportRequests requests = ReportRequests.USUAL;
    Router router = (envelope, recipient) -> {
        asked.add(envelope);
        return List.of(new Router.Route(
                recipient, LANE, Optional.of(ReversePath.parse("<owner@list.example>")), Priority.URGENT));
    };
    Attributes attributes = Attributes.EMPTY;
    String reversePath = "<sender@sender.example>";
    private int ids;

    Message message() {
        return new Message(
                "original1",
                ReversePath.parse(reversePath),
                attributes,
                Provenance.local("test"),
                ACCEPTED,
                ACCEPTED.plus(Duration.ofDays(7)),
                100);
    }

    Told failed(String recipient, Reply reply) {
        return told(recipient, Kind.FAILED, refused(reply, Moment.RCPT, "mx.example.org"));
    }

    Told told(String recipient, Kind kind, DeliveryResult result) {
        return told(recipient, kind, result, reversePath);
    }

    Told told(String recipient, Kind kind, DeliveryResult result, String sender) {
        Delivery delivery = new Delivery(
                1,
                message(),
                new LaneName("relay", "example.org"),
                Recipient.of(ForwardPath.parse(recipient)),
                ReversePath.parse(sender),
                Priority.NORMAL,
                3,
                NOW,
                Optional.empty(),
                false);
        Optional<Instant> until = kind == Kind.DELAYED ? Optional.of(NOW.plus(Duration.ofDays(2))) : Optional.empty();
        return new Told(delivery, kind, result, until);
    }

    static DeliveryResult refused(Reply reply, Moment moment, String host) {
        return new DeliveryResult(new Outcome.Refused(reply, moment), Action.DELIVERED, Optional.of(host));
    }

    static DeliveryResult accepted(Action action) {
        return new DeliveryResult(
                new Outcome.Accepted(Reply.of(250, "2.0.0", "Queued as 17")), action, Optional.of("mx.example.org"));
    }

    List<NewMail> report(byte[] content, Told... told) throws IOException {
        return report(Body.of(content), told);
    }

    List<NewMail> report(Body content, Told... told) throws IOException {
        return new DsnReporter(config, texts, requests, router, () -> "report" + ++ids, TestClock.at(NOW))
                .report(message(), content, List.of(told));
    }

    Parsed parsed(String content, Told... told) throws IOException, MessagingException {
        return parsed(content.getBytes(StandardCharsets.UTF_8), told);
    }

    /** Returns the only report, as a mail program reads it. */
    Parsed parsed(byte[] content, Told... told) throws IOException, MessagingException {
        List<NewMail> reports = report(content, told);
        if (reports.size() != 1) {
            throw new AssertionError("expected one report, not " + reports.size());
        }
        return Parsed.of(reports.get(0));
    }

    /** A report that was read. */
    record Parsed(NewMail mail, MimeMessage message, MimeMultipart parts) {

        static Parsed of(NewMail mail) throws IOException, MessagingException {
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail.content()));
            return new Parsed(mail, message, (MimeMultipart) message.getContent());
        }

        String source() {
            return new String(mail.content(), StandardCharsets.UTF_8);
        }

        String field(String name) throws MessagingException {
            String[] values = message.getHeader(name);
            if (values == null || values.length != 1) {
                throw new AssertionError("expected one field " + name);
            }
            return values[0];
        }

        BodyPart part(int index) throws MessagingException {
            return parts.getBodyPart(index);
        }

        String type(int index) throws MessagingException {
            return part(index).getContentType();
        }

        /** Returns the content of a part, its line ends as LF. */
        String text(int index) throws MessagingException, IOException {
            try (InputStream in = part(index).getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
            }
        }

        /** Returns the readable part with each run of white space as one blank. */
        String prose() throws MessagingException, IOException {
            return text(0).replaceAll("\\s+", " ");
        }

        String status() throws MessagingException, IOException {
            return text(1);
        }
    }
}
