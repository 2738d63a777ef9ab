package org.mailwright.smtp.distribution.command;

import java.util.List;
import java.util.Optional;

/**
 * The command line as a whole: finds the command and runs it.
 *
 * @since 0.1.0
 */
public final class CommandLineTool {
    private final Terminal terminal;

    /** A command line that sees this of the world. */
    public CommandLineTool(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Runs a command to its end.
     *
     * @param arguments the command and what belongs to it
     * @return the exit status, as in {@code sysexits.h}
     */
    public int run(String... arguments) {
        List<String> all = List.of(arguments);
        if (all.isEmpty()) {
            terminal.err().print(usage());
            return ExitStatus.USAGE;
        }
        String first = all.getFirst();
        List<String> rest = all.subList(1, all.size());
        return switch (first) {
            case "--help", "-h", "help" -> help(rest);
            case "--version", "-V" -> run(CommandName.VERSION, List.of());
            default -> CommandName.find(first).map(name -> run(name, rest)).orElseGet(() -> unknown(first));
        };
    }

    private int help(List<String> rest) {
        Optional<CommandName> name = rest.stream().findFirst().flatMap(CommandName::find);
        if (name.isPresent()) {
            return run(name.get(), List.of("--help"));
        }
        terminal.out().print(usage());
        terminal.out().flush();
        return ExitStatus.OK;
    }

    private int unknown(String command) {
        terminal.err().println("mailwright: there is no command \"" + command + "\"");
        terminal.err().print(usage());
        return ExitStatus.USAGE;
    }

    private int run(CommandName name, List<String> arguments) {
        try {
            return name.create().run(arguments, terminal);
        } catch (CommandFailure e) {
            terminal.err().println(e.getMessage());
            return e.status();
        } finally {
            terminal.out().flush();
        }
    }

    private static String usage() {
        StringBuilder text = new StringBuilder("Usage: mailwright COMMAND [OPTION...]\n\nCommands:\n");
        for (CommandName name : CommandName.values()) {
            text.append("  ")
                    .append(name.written())
                    .repeat(' ', 16 - name.written().length())
                    .append(name.summary())
                    .append('\n');
        }
        return text.append("\n`mailwright COMMAND --help` tells more.\n").toString();
    }
}
