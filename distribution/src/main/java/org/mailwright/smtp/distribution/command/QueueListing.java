package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import org.mailwright.smtp.distribution.control.Request;
import org.mailwright.smtp.distribution.control.Row;
import org.mailwright.smtp.distribution.text.Measures;
import org.mailwright.smtp.distribution.text.Printed;
import org.mailwright.smtp.distribution.text.Table;

/** What waits, as a table or as JSON: deliveries one by one, or numbers by lane. */
final class QueueListing {
    private final Operator operator;
    private final Terminal terminal;

    QueueListing(Operator operator, Terminal terminal) {
        this.operator = operator;
        this.terminal = terminal;
    }

    void list(Request request, boolean json) throws CommandFailure {
        Row end;
        if (json) {
            end = array(request);
        } else {
            Printed printed = new Printed(terminal.out());
            Table table =
                    new Table(printed, "MAIL", ">AGE", ">SIZE", ">TRIES", ">NEXT", "LANE", "FROM", "TO", "LAST REPLY");
            end = operator.ask(request, row -> table.row(cells(row)));
            try {
                if (end.number("count") > 0) {
                    table.flush();
                }
                printed.flush();
            } catch (IOException e) {
                throw failed(e);
            }
            terminal.out().println(Measures.count(end.number("count"), "delivery", "deliveries"));
        }
        if (end.is("more")) {
            terminal.err().println("there are more; --limit or a selection reaches them");
        }
    }

    private static String[] cells(Row row) {
        return new String[] {
            row.text("message"),
            Measures.time(row.number("age")),
            Measures.size(row.number("size")),
            Long.toString(row.number("attempts")),
            next(row),
            row.text("lane"),
            "<" + row.text("sender") + ">",
            "<" + row.text("recipient") + ">",
            row.text("last")
        };
    }

    /** When a delivery is tried next. */
    static String next(Row delivery) {
        if (delivery.is("held")) {
            return "held";
        }
        return delivery.number("wait") == 0 ? "now" : Measures.time(delivery.number("wait"));
    }

    void summary(Request request, boolean json) throws CommandFailure {
        if (json) {
            array(request);
            return;
        }
        Printed printed = new Printed(terminal.out());
        boolean[] some = {false};
        operator.lines(request.with("form", "table"), line -> {
            some[0] = true;
            printed.take(line);
        });
        if (!some[0]) {
            terminal.out().println("nothing waits");
        }
        ended(printed);
    }

    private Row array(Request request) throws CommandFailure {
        JsonList list = new JsonList(terminal.out());
        Row end = operator.lines(request, list::add);
        try {
            list.end();
        } catch (IOException e) {
            throw failed(e);
        }
        terminal.out().println();
        return end;
    }

    private static void ended(Printed printed) throws CommandFailure {
        try {
            printed.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static CommandFailure failed(IOException e) {
        return new CommandFailure(ExitStatus.IO, QueueCommand.NAME + ": " + e.getMessage(), e);
    }
}
