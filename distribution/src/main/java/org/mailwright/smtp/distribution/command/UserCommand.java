package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.distribution.assembly.AssemblyException;
import org.mailwright.smtp.distribution.assembly.UserAccounts;
import org.mailwright.smtp.mailbox.LocalMailbox;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code user}: who can log in and has a mailbox. */
final class UserCommand implements OptionCommand {
    private static final String ADD = "add";
    private static final String PASSWD = "passwd";
    private static final String REMOVE = "remove";
    private static final String LIST = "list";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("mailwright user", "Add, change, remove and list users.");
        String password = " The password is asked for, or is the first line of standard input.";
        spec.addSubcommand(ADD, ofAddress(ADD, "Add a user." + password));
        spec.addSubcommand(PASSWD, ofAddress(PASSWD, "Give a user another password." + password));
        spec.addSubcommand(REMOVE, ofAddress(REMOVE, "Remove a user. Mail that he has stays where it is."));
        spec.addSubcommand(
                LIST, Options.command(LIST, "List the users, one in a line.").addOption(Options.config()));
        return spec;
    }

    private static CommandSpec ofAddress(String name, String summary) {
        return Options.command(name, summary)
                .addOption(Options.config())
                .addPositional(Options.argument("ADDRESS", "1", "The mail address, such as alice@example.test."));
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        if (!arguments.hasSubcommand()) {
            throw new CommandFailure(
                    ExitStatus.USAGE, "mailwright user: expected add, passwd, remove or list, found nothing");
        }
        ParseResult given = arguments.subcommand();
        Settings settings = Settings.read(Options.config(given), terminal);
        UserAccounts accounts = open(settings);
        String action = given.commandSpec().name();
        try {
            if (action.equals(LIST)) {
                accounts.list().forEach(terminal.out()::println);
                return ExitStatus.OK;
            }
            String user = address(given.matchedPositionalValue(0, ""));
            switch (action) {
                case ADD -> add(settings, accounts, user, terminal);
                case PASSWD -> {
                    requirePresent(accounts, user);
                    withPassword(terminal, user, password -> accounts.change(user, password));
                }
                case REMOVE -> {
                    requirePresent(accounts, user);
                    accounts.remove(user);
                }
                default -> throw new IllegalStateException("unknown action " + action);
            }
            return ExitStatus.OK;
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.IO, "mailwright user: " + e.getMessage(), e);
        }
    }

    private static UserAccounts open(Settings settings) throws CommandFailure {
        try {
            return UserAccounts.open(settings.config(), settings.installed());
        } catch (AssemblyException e) {
            throw new CommandFailure(ExitStatus.CONFIG, settings.name() + ": " + e.getMessage(), e);
        }
    }

    private static void add(Settings settings, UserAccounts accounts, String user, Terminal terminal)
            throws CommandFailure, IOException {
        if (accounts.has(user)) {
            throw new CommandFailure(
                    ExitStatus.DATA, user + " is a user already; `mailwright user passwd` changes the password");
        }
        withPassword(terminal, user, password -> accounts.add(user, password));
        List<String> local = settings.config().localDomains();
        String domain = user.substring(user.lastIndexOf('@') + 1);
        if (local.stream().noneMatch(name -> name.equals("*") || name.equalsIgnoreCase(domain))) {
            terminal.err().println(user + " can log in, but gets no mail here: " + domain + " is not in domains.local");
        }
    }

    /** The address as users are named by it: lower case, one writing of the domain. */
    private static String address(String written) throws CommandFailure {
        try {
            return LocalMailbox.of(Mailbox.parse(written)).toString();
        } catch (AddressSyntaxException e) {
            throw new CommandFailure(
                    ExitStatus.USAGE, "expected an address such as alice@example.test, found \"" + written + "\"", e);
        }
    }

    private static void requirePresent(UserAccounts accounts, String user) throws CommandFailure, IOException {
        if (!accounts.has(user)) {
            throw new CommandFailure(ExitStatus.NO_USER, "there is no user " + user);
        }
    }

    private interface PasswordUse {
        void with(char[] password) throws IOException;
    }

    private static void withPassword(Terminal terminal, String user, PasswordUse use)
            throws CommandFailure, IOException {
        char[] password = Passwords.choose(terminal, user);
        try {
            use.with(password);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitStatus.DATA, String.valueOf(e.getMessage()), e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
