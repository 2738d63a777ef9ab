package org.mailwright.smtp.distribution.command;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command with the usual kind of options. */
interface OptionCommand extends Subcommand {
    /** Its options, arguments and help. */
    CommandSpec spec();

    /** Does it, with options and arguments that were checked against the spec. */
    int run(ParseResult arguments, Terminal terminal) throws CommandFailure;

    @Override
    default int run(List<String> arguments, Terminal terminal) throws CommandFailure {
        CommandLine line = new CommandLine(spec());
        line.setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()));
        try {
            ParseResult parsed = line.parseArgs(arguments.toArray(new String[0]));
            return CommandLine.printHelpIfRequested(parsed) ? ExitStatus.OK : run(parsed, terminal);
        } catch (ParameterException e) {
            String name = e.getCommandLine().getCommandSpec().qualifiedName(" ");
            throw new CommandFailure(
                    ExitStatus.USAGE, name + ": " + e.getMessage() + "\n`" + name + " --help` tells more", e);
        }
    }
}
