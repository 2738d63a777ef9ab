package org.mailwright.smtp.distribution.command;

import java.util.Arrays;
import java.util.Locale;
import org.mailwright.smtp.distribution.control.Request;
import org.mailwright.smtp.distribution.control.Row;
import org.mailwright.smtp.distribution.text.Measures;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code queue}: what waits in the queue of a running server, and what an operator does to it. */
final class QueueCommand implements OptionCommand {
    static final String NAME = "mailwright queue";

    static String written(Request.Verb verb) {
        return verb.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public CommandSpec spec() {
        return Options.command(NAME, "See what waits in the queue of the running server, and change it.")
                .addSubcommand("list", QueueOptions.list())
                .addSubcommand("show", QueueOptions.show())
                .addSubcommand("summary", QueueOptions.summary())
                .addSubcommand("hold", QueueOptions.change("hold", "Keep deliveries from being tried."))
                .addSubcommand("release", QueueOptions.change("release", "Let held deliveries go, at once."))
                .addSubcommand(
                        "delete",
                        QueueOptions.change(
                                "delete",
                                "Remove deliveries; nobody gets a report. One that is under way may be delivered all"
                                        + " the same."))
                .addSubcommand(
                        "requeue",
                        QueueOptions.change(
                                "requeue",
                                "Find the way of deliveries anew, by the configuration that the server has now, and"
                                        + " try them at once."))
                .addSubcommand("flush", QueueOptions.flush());
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        if (!arguments.hasSubcommand()) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    NAME + ": expected list, show, summary, hold, release, delete, requeue or flush, found nothing");
        }
        ParseResult given = arguments.subcommand();
        String action = given.commandSpec().name();
        Request.Verb verb = Arrays.stream(Request.Verb.values())
                .filter(each -> written(each).equals(action))
                .findFirst()
                .orElseThrow();
        Request request = switch (verb) {
            case HOLD, RELEASE, DELETE, REQUEUE -> QueueOptions.change(verb, given);
            case FLUSH -> QueueOptions.request(verb, "lane", given);
            case LIST, SHOW, SUMMARY, CONTENT, PING, RELOAD -> QueueOptions.request(verb, "mail", given);
        };
        boolean json = given.hasMatchedOption(QueueOptions.JSON);
        boolean content = verb == Request.Verb.SHOW && given.hasMatchedOption(QueueOptions.CONTENT);
        if (json && content) {
            throw new CommandFailure(
                    ExitStatus.USAGE, NAME + " show: expected --json or --content, found both: a mail is no JSON");
        }
        try (Operator operator = Operator.connect(NAME + " " + action, Options.config(given), terminal)) {
            switch (verb) {
                case LIST -> new QueueListing(operator, terminal).list(request, json);
                case SUMMARY -> new QueueListing(operator, terminal).summary(request, json);
                case SHOW -> new MailListing(operator, terminal).show(request, json, content);
                case HOLD -> changed(operator.ask(request), json, "held", terminal);
                case RELEASE -> changed(operator.ask(request), json, "released", terminal);
                case DELETE -> changed(operator.ask(request), json, "deleted", terminal);
                case REQUEUE -> requeued(operator.ask(request), json, terminal);
                case FLUSH -> flushed(operator.ask(request), json, terminal);
                case CONTENT, PING, RELOAD -> throw new IllegalStateException("unknown action " + action);
            }
        }
        return ExitStatus.OK;
    }

    private static void flushed(Row end, boolean json, Terminal terminal) {
        String rest = Measures.count(end.number("held"), "is", "are") + " held and left, until `queue release`";
        changed(end, json, "flushed", "held", rest, terminal);
    }

    private static void requeued(Row end, boolean json, Terminal terminal) {
        String rest = Measures.count(end.number("left"), "stays as it is", "stay as they are")
                + ": under way, or without one new way";
        changed(end, json, "requeued", "left", rest, terminal);
    }

    /** The same with those that were selected and not changed, where there are any. */
    private static void changed(Row end, boolean json, String what, String others, String rest, Terminal terminal) {
        long left = end.number(others);
        if (json) {
            terminal.out().println("{\"" + what + "\":" + end.number("count") + ",\"" + others + "\":" + left + "}");
            return;
        }
        String changed = Measures.count(end.number("count"), "delivery", "deliveries") + " " + what;
        terminal.out().println(left == 0 ? changed : changed + "; " + rest);
    }

    private static void changed(Row end, boolean json, String what, Terminal terminal) {
        long count = end.number("count");
        terminal.out()
                .println(
                        json
                                ? "{\"" + what + "\":" + count + "}"
                                : Measures.count(count, "delivery", "deliveries") + " " + what);
    }
}
