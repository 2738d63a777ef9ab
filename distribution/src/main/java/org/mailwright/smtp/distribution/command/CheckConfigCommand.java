package org.mailwright.smtp.distribution.command;

import org.mailwright.smtp.distribution.assembly.AssemblyException;
import org.mailwright.smtp.distribution.assembly.ServerAssembly;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code check-config}: tells all that is wrong with a configuration file, or that nothing is. */
final class CheckConfigCommand implements OptionCommand {
    @Override
    public CommandSpec spec() {
        return Options.command(
                        "mailwright check-config",
                        "Check a configuration file. Ends with status 78 and one line FILE:LINE: KEY: expected …,"
                                + " found … for all that is wrong.")
                .addOption(Options.config());
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        Settings settings = Settings.read(Options.config(arguments), terminal);
        try {
            ServerAssembly.of(settings.config(), settings.installed(), ServerAssembly.Purpose.CHECK);
        } catch (AssemblyException e) {
            throw new CommandFailure(ExitStatus.CONFIG, e.in(settings.name()), e);
        }
        terminal.out().println(settings.name() + ": all is well");
        return ExitStatus.OK;
    }
}
