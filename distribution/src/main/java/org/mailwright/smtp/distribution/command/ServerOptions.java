package org.mailwright.smtp.distribution.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.distribution.config.ListenerTls;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of commands that send mail to a server: which one, with TLS or not, and who logs in. */
final class ServerOptions {
    private static final String PASSWORD = "MAILWRIGHT_PASSWORD";

    private ServerOptions() {}

    static CommandSpec add(CommandSpec command) {
        return command.addOption(
                        Options.value("--server", "HOST:PORT", "The server.").build())
                .addOption(Options.value("--tls", "WHEN", "none, starttls or implicit; none if left out.")
                        .build())
                .addOption(Options.flag("--insecure", "Take any certificate."))
                .addOption(Options.value("--ca", "FILE", "PEM certificates that the server's must lead to.")
                        .build())
                .addOption(Options.value("--user", "USER", "Log in; the password is in " + PASSWORD + ".")
                        .build())
                .addOption(Options.flag("--password-stdin", "The password is the first line of standard input."))
                .addOption(
                        Options.value("--helo", "NAME", "The name to present oneself by; this machine's if left out.")
                                .build());
    }

    /**
     * Returns what the options of a command say.
     *
     * @param command its name, for messages; {@code --lmtp} is understood where it has that
     */
    static Dispatch dispatch(String command, ParseResult arguments, Terminal terminal) throws CommandFailure {
        String server = Options.text(arguments, "--server").orElse("");
        Optional<String> tls = Options.text(arguments, "--tls");
        return new Dispatch(
                HostPort.parse(server)
                        .filter(address -> address.port() > 0)
                        .orElseThrow(() -> usage(command, "--server: expected HOST:PORT", server)),
                Options.text(arguments, "--helo").orElseGet(OwnName::get),
                arguments.hasMatchedOption("--lmtp"),
                tls.isPresent() ? when(command, tls.get()) : ListenerTls.NONE,
                tls.isPresent(),
                arguments.hasMatchedOption("--insecure"),
                Options.text(arguments, "--ca").map(terminal::path),
                login(command, arguments, terminal));
    }

    private static ListenerTls when(String command, String written) throws CommandFailure {
        return Arrays.stream(ListenerTls.values())
                .filter(when -> when.name().toLowerCase(Locale.ROOT).equals(written))
                .findFirst()
                .orElseThrow(() -> usage(command, "--tls: expected none, starttls or implicit", written));
    }

    private static Optional<Login> login(String command, ParseResult arguments, Terminal terminal)
            throws CommandFailure {
        Optional<String> user = Options.text(arguments, "--user");
        if (user.isEmpty()) {
            return Optional.empty();
        }
        String fromEnvironment = terminal.environment().get(PASSWORD);
        char[] password;
        if (arguments.hasMatchedOption("--password-stdin")) {
            password = Passwords.firstLine(terminal);
        } else if (fromEnvironment != null) {
            password = fromEnvironment.toCharArray();
        } else {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    "mailwright " + command + ": expected a password in " + PASSWORD
                            + ", or --password-stdin, found neither");
        }
        return Optional.of(new Login(user.get(), password));
    }

    static CommandFailure usage(String command, String expected, String found) {
        return new CommandFailure(
                ExitStatus.USAGE, "mailwright " + command + ": " + expected + ", found \"" + found + "\"");
    }
}
