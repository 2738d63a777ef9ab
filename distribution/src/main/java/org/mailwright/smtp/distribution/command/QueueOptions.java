package org.mailwright.smtp.distribution.command;

import java.util.Optional;
import org.mailwright.smtp.distribution.control.Request;
import org.mailwright.smtp.distribution.text.Visible;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of the {@code queue} commands, and the request that they make. */
final class QueueOptions {
    static final String JSON = "--json";
    static final String CONTENT = "--content";

    private static final String MAIL = "--mail";
    private static final String LANE = "--lane";
    private static final String SENDER = "--sender";
    private static final String RECIPIENT = "--recipient";
    private static final String ALL = "--all";
    private static final String LIMIT = "--limit";

    private QueueOptions() {}

    static CommandSpec list() {
        return selecting(json("list", "List the deliveries that wait, the oldest mail first."))
                .addOption(Options.value(LIMIT, "N", "List at most so many.").build());
    }

    static CommandSpec show() {
        return json("show", "Show one mail: its envelope, where it came from, and each delivery of it that waits.")
                .addOption(Options.flag(
                        CONTENT, "Print the mail itself as well, after an empty line; unchanged, unless to a person."))
                .addPositional(Options.argument("ID", "1", "The id of the mail."));
    }

    static CommandSpec summary() {
        return json(
                "summary",
                "Count the deliveries that wait, by lane and by their age in minutes: T is all of them, 5 those younger"
                        + " than 5 minutes, 10 those from 5 to 10, and so on.");
    }

    /** A command that changes what an id or a selection names. */
    static CommandSpec change(String name, String summary) {
        return selecting(json(name, summary + " Needs an ID, a selection, or --all."))
                .addOption(Options.flag(ALL, "All that waits."))
                .addPositional(Options.argument("ID", "0..1", "The id of a mail."));
    }

    static CommandSpec flush() {
        return selecting(json(
                        "flush",
                        "Try deliveries now, and end the rest of their lanes. Without a selection: all that are not"
                                + " held."))
                .addPositional(Options.argument(
                        "LANE", "0..1", "A lane, such as 'relay>example.org', or its destination alone."));
    }

    private static CommandSpec json(String name, String summary) {
        return Options.command(name, summary).addOption(Options.config()).addOption(Options.flag(JSON, "Print JSON."));
    }

    private static CommandSpec selecting(CommandSpec spec) {
        return spec.addOption(Options.value(MAIL, "ID", "Only of this mail.").build())
                .addOption(Options.value(
                                LANE, "LANE", "Only of this lane, such as 'relay>example.org', or to this destination.")
                        .build())
                .addOption(Options.value(SENDER, "ADDRESS", "Only from this sender; \"\" for none.")
                        .build())
                .addOption(Options.value(RECIPIENT, "ADDRESS", "Only to this recipient.")
                        .build());
    }

    /**
     * The request for what was selected.
     *
     * @param argument the parameter that the positional argument is
     */
    static Request request(Request.Verb verb, String argument, ParseResult given) throws CommandFailure {
        Request request = Request.of(verb);
        request = with(request, "mail", text(given, MAIL));
        request = with(request, "lane", text(given, LANE));
        request = with(request, "sender", text(given, SENDER).map(QueueOptions::bare));
        request = with(request, "recipient", text(given, RECIPIENT).map(QueueOptions::bare));
        request = with(request, "limit", limit(text(given, LIMIT)));
        Optional<String> first = Optional.ofNullable(given.<String>matchedPositionalValue(0, null));
        if (first.isPresent() && request.value(argument).isPresent()) {
            throw new CommandFailure(
                    ExitStatus.USAGE, name(verb) + ": expected one " + argument + ", found two of them");
        }
        return with(request, argument, first);
    }

    /** The request of a command that must be told what it is meant for. */
    static Request change(Request.Verb verb, ParseResult given) throws CommandFailure {
        Request request = request(verb, "mail", given);
        boolean all = given.hasMatchedOption(ALL);
        if (all != request.values().isEmpty()) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    name(verb) + ": expected an ID, a selection, or --all, found "
                            + (all ? "--all and others" : "none"));
        }
        return all ? request.with("all", "yes") : request;
    }

    private static String name(Request.Verb verb) {
        return QueueCommand.NAME + " " + QueueCommand.written(verb);
    }

    private static Request with(Request request, String name, Optional<String> value) {
        return value.map(given -> request.with(name, given)).orElse(request);
    }

    private static Optional<String> text(ParseResult given, String option) {
        return given.commandSpec().findOption(option) == null ? Optional.empty() : Options.text(given, option);
    }

    private static Optional<String> limit(Optional<String> written) throws CommandFailure {
        if (written.isPresent() && !written.get().matches("0*[1-9]\\d{0,17}")) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    QueueCommand.NAME + " list: " + LIMIT + ": expected a number of at least 1, found \""
                            + Visible.text(written.get()) + "\"");
        }
        return written;
    }

    private static String bare(String address) {
        return address.startsWith("<") && address.endsWith(">") ? address.substring(1, address.length() - 1) : address;
    }
}
