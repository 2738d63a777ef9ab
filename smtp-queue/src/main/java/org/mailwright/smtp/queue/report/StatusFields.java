package org.mailwright.smtp.queue.report;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.Postmaster;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Utf8;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Reporter.Told;

/**
 * The part of a report that programs read (RFC 3464 section 2; RFC 6533 for addresses beyond US-ASCII).
 *
 * @param config names this host
 * @param requests what the sender asked for
 * @param now when the last attempts were
 * @param zone in which dates are written
 * @param utf8 whether the sender's software knows UTF-8 in header fields
 */
record StatusFields(ReportConfig config, ReportRequests requests, Instant now, ZoneId zone, boolean utf8) {

    private static final int LONGEST_VALUE = 480;
    private static final int LONGEST_ADDRESS = 500; // RFC 3461 section 5.4
    private static final int LONGEST_HOST = 255;
    private static final Pattern ATOM = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,100}");
    private static final int MOST_OCTETS = 900; // of a value, so that its line has less than 998

    /** Returns the fields of the mail, then those of each recipient. */
    byte[] write(Message message, List<Told> recipients) {
        StringBuilder out = new StringBuilder(256 + recipients.size() * 400);
        requests.envelopeId(message).ifPresent(id -> out.append(field("Original-Envelope-Id", value(id))));
        out.append(field("Reporting-MTA", "dns; " + config.hostname()));
        out.append(field("Arrival-Date", FieldText.date(message.accepted(), zone)));
        requests.deliverBy(message).ifPresent(by -> out.append(field("Deliver-By-Date", FieldText.date(by, zone))));
        requests.futureRelease(message).ifPresent(asked -> out.append(field("Future-Release-Request", value(asked))));
        recipients.forEach(told -> recipient(told, out));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void recipient(Told told, StringBuilder out) {
        out.append("\r\n");
        Recipient recipient = told.delivery().recipient();
        requests.originalRecipient(recipient)
                .ifPresent(original -> out.append(field("Original-Recipient", typed(original))));
        out.append(field(
                "Final-Recipient",
                finalRecipient(requests.acceptedFor(recipient).orElse(recipient.path()))));
        out.append(field("Action", action(told)));
        Reply reply = told.result().outcome().reply();
        out.append(field("Status", isOutOfTime(told) ? outOfTime(told) : status(reply)));
        told.result()
                .remoteMta()
                .map(host -> FieldText.line(host, LONGEST_HOST, false))
                .filter(host -> !host.isBlank())
                .ifPresent(host -> out.append(field("Remote-MTA", "dns; " + host)));
        out.append(field("Diagnostic-Code", "smtp; " + value(diagnostic(reply))));
        out.append(field("Last-Attempt-Date", FieldText.date(now, zone)));
        switch (told.kind()) {
            case DELAYED ->
                out.append(field(
                        "Will-Retry-Until",
                        FieldText.date(
                                told.until().orElse(told.delivery().message().expires()), zone)));
            case FAILED, SUCCEEDED -> {}
        }
    }

    /** Tells whether the time that the sender set is what there is to tell of (RFC 2852 §4.1.3). */
    private boolean isOutOfTime(Told told) {
        return !told.result().outcome().reply().isPositive()
                && !told.result().outcome().reply().isPermanent()
                && requests.deliverBy(told.delivery().message())
                        .filter(by -> !now.isBefore(by))
                        .isPresent();
    }

    /** "Delivery time expired". */
    private static String outOfTime(Told told) {
        return switch (told.kind()) {
            case FAILED -> "5.4.7";
            case DELAYED, SUCCEEDED -> "4.4.7";
        };
    }

    private static String field(String name, String value) {
        return FieldText.field(name, value);
    }

    private String value(String untrusted) {
        String line = FieldText.line(untrusted, LONGEST_VALUE, utf8);
        return Utf8.length(line) <= MOST_OCTETS ? line : FieldText.line(untrusted, LONGEST_VALUE, false);
    }

    /** Each line with its code, as RFC 3461 §9.2 has it. */
    private static String diagnostic(Reply reply) {
        List<String> lines = reply.lines();
        StringBuilder out = new StringBuilder();
        for (String line : lines.subList(0, lines.size() - 1)) {
            out.append(reply.code()).append('-');
            reply.enhanced().ifPresent(code -> out.append(code).append(' '));
            out.append(line).append(' ');
        }
        out.append(reply.code()).append(' ');
        reply.enhanced().ifPresent(code -> out.append(code).append(' '));
        return out.append(lines.getLast()).toString();
    }

    private static String action(Told told) {
        return switch (told.kind()) {
            case FAILED -> "failed";
            case DELAYED -> "delayed";
            case SUCCEEDED ->
                switch (told.result().action()) {
                    case DELIVERED -> "delivered";
                    case RELAYED, PASSED_ON -> "relayed";
                    case EXPANDED -> "expanded";
                };
        };
    }

    private static String status(Reply reply) {
        int kind = reply.isPositive() ? 2 : reply.isPermanent() ? 5 : 4;
        return reply.enhanced().orElseGet(() -> new EnhancedCode(kind, 0, 0)).toString();
    }

    private String finalRecipient(ForwardPath path) {
        return switch (path) {
            case Postmaster postmaster -> "rfc822; " + postmaster + "@" + config.hostname();
            case Mailbox mailbox when mailbox.isAscii() -> "rfc822; " + mailbox;
            case Mailbox mailbox when utf8 -> "utf-8; " + mailbox;
            case Mailbox mailbox
            when mailbox.localPart().isAscii() && mailbox.host() instanceof Domain domain ->
                "rfc822; " + mailbox.localPart() + "@" + domain.toAscii();
            case Mailbox mailbox -> "utf-8; " + escaped(mailbox.toString(), true);
        };
    }

    /** An address with its type, as the sender gave it. */
    private String typed(String original) {
        int at = original.indexOf(';');
        String type = original.substring(0, Math.max(at, 0)).strip();
        if (!ATOM.matcher(type).matches()) {
            type = "unknown";
        }
        String address = FieldText.line(original.substring(at + 1).strip(), LONGEST_ADDRESS, true);
        if (utf8 && Utf8.length(address) <= MOST_OCTETS) {
            return type + "; " + address;
        }
        boolean international = type.toLowerCase(Locale.ROOT).equals("utf-8") && !Ascii.isAscii(address);
        return type + "; " + FieldText.line(escaped(address, international), MOST_OCTETS, false);
    }

    /**
     * Writes what is beyond US-ASCII as its number (RFC 6533 section 3).
     *
     * @param xtext whether what xtext would encode is written so, too
     */
    private static String escaped(String address, boolean xtext) {
        StringBuilder out = new StringBuilder(address.length() * 2);
        address.codePoints().forEach(c -> {
            if (c > 0x7E || (xtext && " +=\\".indexOf(c) >= 0)) {
                out.append("\\x{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
