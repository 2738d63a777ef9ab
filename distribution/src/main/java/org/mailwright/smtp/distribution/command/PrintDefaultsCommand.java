package org.mailwright.smtp.distribution.command;

import org.mailwright.smtp.distribution.assembly.Installed;
import org.mailwright.smtp.distribution.config.DefaultsPrinter;
import org.mailwright.smtp.distribution.plugin.PluginException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code print-defaults}: a configuration file that changes nothing. */
final class PrintDefaultsCommand implements OptionCommand {
    @Override
    public CommandSpec spec() {
        return Options.command(
                "mailwright print-defaults",
                "Print every key of the configuration file with its default and one line of help."
                        + " The output is itself a configuration file.");
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        try {
            terminal.out()
                    .print(DefaultsPrinter.print(Installed.find(terminal.home()).ids()));
        } catch (PluginException e) {
            throw new CommandFailure(ExitStatus.CONFIG, String.valueOf(e.getMessage()), e);
        }
        return ExitStatus.OK;
    }
}
