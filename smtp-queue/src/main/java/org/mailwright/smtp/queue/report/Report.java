package org.mailwright.smtp.queue.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * Writes one.
     *
     * @param original empty when it cannot be read: then the part for it, which may be missing (RFC 6522 section 3), is
     */
    Written write(
            String id, Message message, Optional<Original> original, Mailbox to, Kind kind, List<Told> recipients) {
        boolean utf8 = !to.isAscii()
                || message.attributes().get(WellKnown.INTERNATIONALIZED).orElse(false);
        Message told = message.sentOn(to);
        ReadableText readable = new ReadableText(texts, config.hostname(), now, zone);
        Map<String, String> values =
                readable.values(message, to, original.map(read -> read.subject().orElse("")));
        byte[] text = readable.write(kind, recipients, values, original.isEmpty());
        byte[] status = new StatusFields(config, requests, now, zone, utf8).write(told, recipients);
        List<Multipart.Part> all = new ArrayList<>(List.of(
                new Multipart.Part("text/plain; charset=" + (Multipart.isEightBit(text) ? "utf-8" : "us-ascii"), text),
                new Multipart.Part(
                        Multipart.isEightBit(status) ? "message/global-delivery-status" : "message/delivery-status",
                        status)));
        original.ifPresent(read -> all.add(returned(told, read, kind, utf8)));
        Multipart parts = new Multipart(all);
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

    private String header(String id, Optional<Original> original, Mailbox to, String subject) {
        StringBuilder out = new StringBuilder(512);
        out.append(FieldText.field("Date", FieldText.date(now, zone)));
        out.append(FieldText.field("From", "Mail Delivery System <" + config.from() + ">"));
        out.append(FieldText.field("To", to.path()));
        String safe = FieldText.line(subject, LONGEST_SUBJECT, true);
        out.append(FieldText.field("Subject", EncodedWords.encode(safe)));
        out.append(FieldText.field("Message-ID", "<" + id + "@" + config.hostname() + ">"));
        original.flatMap(Original::messageId).ifPresent(of -> {
            out.append(FieldText.field("In-Reply-To", of));
            out.append(FieldText.field("References", of));
        });
        out.append("Auto-Submitted: auto-replied\r\n");
        return out.toString();
    }
}
