package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.distribution.control.Request;
import org.mailwright.smtp.distribution.control.Row;
import org.mailwright.smtp.queue.LaneSummary;

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
            Table table = new Table(
                    terminal.out(), "MAIL", ">AGE", ">SIZE", ">TRIES", ">NEXT", "LANE", "FROM", "TO", "LAST REPLY");
            end = operator.ask(request, row -> table.row(cells(row)));
            if (end.number("count") > 0) {
                ended(table);
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
        List<String> titles = new ArrayList<>(List.of("LANE", ">T"));
        Duration last = Duration.ZERO;
        for (Duration age : LaneSummary.AGES) {
            titles.add(">" + age.toMinutes());
            last = age;
        }
        titles.addAll(List.of(">" + last.toMinutes() + "+", ">HELD", ">DEFERRED", ">OLDEST", "STATE"));
        Table table = new Table(terminal.out(), titles.toArray(new String[0]));
        // the sums come first, as they do in qshape; rows are few, one per destination
        List<Row> lanes = new ArrayList<>();
        operator.ask(request, lanes::add);
        if (lanes.isEmpty()) {
            terminal.out().println("nothing waits");
            return;
        }
        try {
            table.row(total(lanes));
            for (Row lane : lanes) {
                List<Long> numbers = numbers(lane);
                table.row(line(lane.text("lane"), numbers, lane.number("age"), state(lane)));
            }
        } catch (IOException e) {
            throw failed(e);
        }
        ended(table);
    }

    private static String[] total(List<Row> lanes) {
        List<Long> sums = numbers(lanes.getFirst());
        for (Row lane : lanes.subList(1, lanes.size())) {
            List<Long> more = numbers(lane);
            for (int i = 0; i < sums.size(); i++) {
                sums.set(i, sums.get(i) + more.get(i));
            }
        }
        long oldest = lanes.stream().mapToLong(lane -> lane.number("age")).max().orElse(0);
        return line("TOTAL", sums, oldest, "");
    }

    /** All numbers of a lane, in the order of the columns. */
    private static List<Long> numbers(Row lane) {
        List<Long> numbers = new ArrayList<>();
        numbers.add(lane.number("deliveries"));
        numbers.addAll(lane.numbers("ages"));
        numbers.add(lane.number("held"));
        numbers.add(lane.number("deferred"));
        return numbers;
    }

    private static String[] line(String name, List<Long> numbers, long age, String state) {
        List<String> cells = new ArrayList<>();
        cells.add(name);
        numbers.forEach(number -> cells.add(Long.toString(number)));
        cells.add(Measures.time(age));
        cells.add(state);
        return cells.toArray(new String[0]);
    }

    private static String state(Row lane) {
        if (lane.is("leased")) {
            return "delivering";
        }
        return lane.number("rests") > 0 ? "rests " + Measures.time(lane.number("rests")) : "";
    }

    private Row array(Request request) throws CommandFailure {
        JsonList list = new JsonList(terminal.out());
        Row end = operator.ask(request, row -> list.add(row.json()));
        try {
            list.end();
        } catch (IOException e) {
            throw failed(e);
        }
        terminal.out().println();
        return end;
    }

    private static void ended(Table table) throws CommandFailure {
        try {
            table.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static CommandFailure failed(IOException e) {
        return new CommandFailure(ExitStatus.IO, QueueCommand.NAME + ": " + e.getMessage(), e);
    }
}
