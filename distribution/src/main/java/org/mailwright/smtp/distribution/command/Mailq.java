package org.mailwright.smtp.distribution.command;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.mailwright.smtp.distribution.control.Request;
import org.mailwright.smtp.distribution.control.Row;
import org.mailwright.smtp.distribution.text.Visible;

/** What waits, in the words of Postfix's mailq: programs that watch a mail server read them. */
final class Mailq {
    private static final int REPLY_ENDS = 75;
    private static final String TITLE = "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------";

    private final Operator operator;
    private final PrintStream out;
    private final DateTimeFormatter time =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss", Locale.ENGLISH).withZone(ZoneId.systemDefault());

    private String mail = "";
    private String reply = "";
    private long mails;
    private long octets;

    Mailq(Operator operator, Terminal terminal) {
        this.operator = operator;
        this.out = terminal.out();
    }

    /** Shows all mails, and the recipients of each behind the reply that they wait for. */
    void show() throws CommandFailure {
        operator.ask(Request.of(Request.Verb.LIST), this::delivery);
        if (mails == 0) {
            out.println("Mail queue is empty");
            return;
        }
        out.println();
        out.println("-- " + octets / 1024 + " Kbytes in " + mails + " Request" + (mails == 1 ? "." : "s."));
    }

    private void delivery(Row row) {
        if (!row.text("message").equals(mail)) {
            out.println(mails == 0 ? TITLE : "");
            mail(row);
        }
        if (!row.text("last").equals(reply)) {
            reply = row.text("last");
            if (!reply.isEmpty()) {
                String shown = "(" + Visible.text(reply) + ")";
                out.println(" ".repeat(Math.max(0, REPLY_ENDS - shown.length())) + shown);
            }
        }
        line("", "", "", row.text("recipient"));
    }

    private void mail(Row row) {
        mail = row.text("message");
        reply = "";
        mails++;
        octets += row.number("size");
        String sender = row.text("sender");
        line(
                mail + (row.is("held") ? "!" : ""),
                Long.toString(row.number("size")),
                time.format(Instant.parse(row.text("accepted"))),
                sender.isEmpty() ? "MAILER-DAEMON" : sender);
    }

    private void line(String id, String size, String arrived, String address) {
        out.println(String.format(Locale.ROOT, "%-17s %8s %-19s  %s", id, size, arrived, Visible.text(address)));
    }
}
