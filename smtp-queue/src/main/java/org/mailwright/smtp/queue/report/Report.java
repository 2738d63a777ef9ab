package org.mailwright.smtp.queue.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Reporter.Kind;
import org.mailwright.smtp.queue.Reporter.Told;

/**
 * The content of one report: header and parts.
 *
 * @param config whom it is from
 * @param texts its words
 * @param requests what the sender asked for
 * @param now when it is written
 * @param zone in which dates are written
 */
record Report(ReportConfig config, ReportTexts texts, ReportRequests requests, Instant now, ZoneId zone) {

    private static final int LONGEST_SUBJECT = 200;

    /**
     * A content.
     *
     * @param global whether parts of it are in UTF-8 as RFC 6533 has them, so that it needs SMTPUTF8
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Written(byte[] octets, boolean global) {}

    Written write(String id, Message message, Original original, Mailbox to, Kind kind, List<Told> recipients) {
        boolean utf8 = !to.isAscii()
                || message.attributes().get(WellKnown.INTERNATIONALIZED).orElse(false);
        Message told = message.sentOn(to);
        ReadableText readable = new ReadableText(texts, config.hostname(), now, zone);
        Map<String, String> values =
                readable.values(message, to, original.subject().orElse(""));
        byte[] text = readable.write(kind, recipients, values);
        byte[] status = new StatusFields(config, requests, now, zone, utf8).write(told, recipients);
        Multipart parts = new Multipart(List.of(
                new Multipart.Part("text/plain; charset=" + (Multipart.isEightBit(text) ? "utf-8" : "us-ascii"), text),
                new Multipart.Part(
                        Multipart.isEightBit(status) ? "message/global-delivery-status" : "message/delivery-status",
                        status),
                returned(told, original, kind, utf8)));
        byte[] octets = parts.write(header(id, original, to, readable.subject(kind, values)), id);
        return new Written(
                octets, parts.parts().stream().anyMatch(part -> part.type().startsWith("message/global")));
    }

    private Multipart.Part returned(Message message, Original original, Kind kind, boolean utf8) {
        boolean global = utf8 && Multipart.isEightBit(original.header());
        boolean full = switch (kind) {
            case FAILED -> requests.returnsFull(message);
            case DELAYED, SUCCEEDED -> false;
        };
        if (full && original.whole().isPresent()) {
            return new Multipart.Part(
                    global ? "message/global" : "message/rfc822",
                    original.whole().get());
        }
        return new Multipart.Part(global ? "message/global-headers" : "text/rfc822-headers", original.header());
    }

    private String header(String id, Original original, Mailbox to, String subject) {
        StringBuilder out = new StringBuilder(512);
        out.append(FieldText.field("Date", FieldText.date(now, zone)));
        out.append(FieldText.field("From", "Mail Delivery System <" + config.from() + ">"));
        out.append(FieldText.field("To", to.path()));
        String safe = FieldText.line(subject, LONGEST_SUBJECT, true);
        out.append(FieldText.field("Subject", EncodedWords.encode(safe)));
        out.append(FieldText.field("Message-ID", "<" + id + "@" + config.hostname() + ">"));
        original.messageId().ifPresent(of -> {
            out.append(FieldText.field("In-Reply-To", of));
            out.append(FieldText.field("References", of));
        });
        out.append("Auto-Submitted: auto-replied\r\n");
        return out.toString();
    }
}
