package org.mailwright.smtp.distribution.command;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code version}: which Mailwright this is, and on what it runs. */
final class VersionCommand implements OptionCommand {
    @Override
    public CommandSpec spec() {
        return Options.command("mailwright version", "Print the version.");
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        terminal.out().println("mailwright " + version() + " (Java " + Runtime.version() + ")");
        return ExitStatus.OK;
    }

    /** The version in the jar's manifest; classes that are in no jar have none. */
    static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }
}
