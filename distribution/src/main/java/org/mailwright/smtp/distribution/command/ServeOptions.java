package org.mailwright.smtp.distribution.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options and the help of {@code serve}. */
final class ServeOptions implements OptionCommand {
    @Override
    public CommandSpec spec() {
        return Options.command(
                        "mailwright serve",
                        "Run the server in the foreground: a line \"listening NAME ROLE HOST:PORT\" per listener, then"
                                + " \"ready\". SIGTERM and SIGINT stop it in good order, with status 0.")
                .addOption(Options.config());
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        return ServeCommand.serve(Options.config(arguments), terminal);
    }
}
