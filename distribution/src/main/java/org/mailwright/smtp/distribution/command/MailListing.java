package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailwright.smtp.distribution.control.Request;
import org.mailwright.smtp.distribution.control.Row;
import org.mailwright.smtp.distribution.text.Measures;
import org.mailwright.smtp.distribution.text.Visible;

/** One mail of the queue, as text or as JSON. */
final class MailListing {
    private final Operator operator;
    private final Terminal terminal;

    MailListing(Operator operator, Terminal terminal) {
        this.operator = operator;
        this.terminal = terminal;
    }

    void show(Request request, boolean json, boolean content) throws CommandFailure {
        if (json) {
            json(request);
            return;
        }
        Row end = operator.ask(request, row -> {
            if (row.optional("message").isPresent()) {
                mail(row);
            } else {
                delivery(row);
            }
            if (terminal.out().checkError()) {
                throw new IOException("standard output takes no more");
            }
        });
        if (end.is("more")) {
            terminal.err().println("there are more recipients; `queue list --mail` with another selection finds them");
        }
        if (content) {
            terminal.out().println();
            content(request);
        }
    }

    /** The object of the mail, with the deliveries as one more member of it. */
    private void json(Request request) throws CommandFailure {
        PrintStream out = terminal.out();
        boolean[] begun = {false};
        operator.ask(request, row -> {
            if (row.optional("message").isPresent()) {
                out.print(row.json().substring(0, row.json().length() - 1) + ",\"deliveries\":[");
            } else {
                out.print((begun[0] ? ",\n" : "\n") + row.json());
                begun[0] = true;
            }
            if (out.checkError()) {
                throw new IOException("standard output takes no more");
            }
        });
        out.println("\n]}");
    }

    private void mail(Row mail) {
        Row from = mail.inner("provenance");
        line("mail", mail.text("message"));
        line("from", "<" + mail.text("sender") + ">");
        parameters(mail).ifPresent(text -> line("parameters", text));
        line(
                "size",
                Measures.size(mail.number("size")) + " (" + Measures.count(mail.number("size"), "octet", "octets")
                        + ")");
        line("accepted", mail.text("accepted") + ", " + Measures.time(mail.number("age")) + " ago");
        line("given up", mail.text("expires") + ", in " + Measures.time(mail.number("left")));
        line("came by", from.text("listener"));
        from.optional("session").ifPresent(session -> line("session", session));
        String hello = from.optional("hello").map(name -> ", as " + name).orElse("");
        from.optional("remote").ifPresent(remote -> line("client", remote + hello));
        from.optional("identity").ifPresent(user -> line("logged in", user));
    }

    private void delivery(Row delivery) {
        line("to", "<" + delivery.text("recipient") + ">");
        parameters(delivery).ifPresent(text -> line("  parameters", text));
        line("  lane", delivery.text("lane"));
        line("  attempts", Long.toString(delivery.number("attempts")));
        line(
                "  next",
                delivery.is("held") || delivery.number("wait") == 0
                        ? QueueListing.next(delivery)
                        : delivery.text("due") + ", in " + QueueListing.next(delivery));
        delivery.optional("last").ifPresent(reply -> line("  last reply", reply));
        if (!delivery.text("priority").equals("normal")) {
            line("  priority", delivery.text("priority"));
        }
        if (delivery.is("delayReported")) {
            line("  delay", "the sender was told");
        }
    }

    private static Optional<String> parameters(Row row) {
        return Optional.of(row.inner("parameters").members().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" ")))
                .filter(text -> !text.isEmpty());
    }

    private void line(String name, String text) {
        terminal.out().println(name + " ".repeat(14 - name.length()) + Visible.text(text));
    }

    private void content(Request request) throws CommandFailure {
        PrintStream out = terminal.out();
        boolean person = terminal.hiddenPrompt().isPresent();
        LineShower shower = new LineShower(out);
        operator.ask(
                Request.of(Request.Verb.CONTENT)
                        .with("mail", request.value("mail").orElse("")),
                row -> {
                    byte[] octets = Base64.getDecoder().decode(row.text("octets"));
                    if (person) {
                        shower.take(octets);
                    } else {
                        out.write(octets, 0, octets.length);
                    }
                    if (out.checkError()) {
                        throw new IOException("standard output takes no more");
                    }
                });
        shower.end();
    }
}
