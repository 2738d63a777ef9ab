package org.mailwright.smtp.distribution.command;

import org.mailwright.smtp.distribution.control.Request;
import org.mailwright.smtp.distribution.control.Row;
import org.mailwright.smtp.distribution.text.Visible;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code reload}: a running server reads its configuration again. */
final class ReloadCommand implements OptionCommand {
    private static final String NAME = "mailwright reload";

    @Override
    public CommandSpec spec() {
        return Options.command(
                        NAME,
                        "Ask the running server to read its configuration again, as SIGHUP does, and print the outcome."
                                + " Ends with status 78 when the new one is wrong: then the old one still holds.")
                .addOption(Options.config());
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        try (Operator operator = Operator.connect(NAME, Options.config(arguments), terminal)) {
            Row outcome = operator.ask(Request.of(Request.Verb.RELOAD));
            String text = outcome.text("text").lines().map(Visible::text).reduce("", (all, line) -> all + line + "\n");
            (outcome.is("done") ? terminal.out() : terminal.err()).print(text);
            return outcome.is("done") ? ExitStatus.OK : ExitStatus.CONFIG;
        }
    }
}
