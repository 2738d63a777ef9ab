package org.mailwright.smtp.distribution.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.distribution.config.ListenerTls;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of commands that talk to one server: how it is reached, and who logs in. */
final class ServerOptions {
    private static final String PASSWORD = "MAILWRIGHT_PASSWORD";

    private ServerOptions() {}

    /** The server itself, where it must be named. */
    static CommandSpec addServer(CommandSpec spec) {
        return add(spec.addOption(Options.value("--server", "HOST:PORT", "The server.")
                .required(true)
                .build()));
    }

    /** All options but the server itself. */
    static CommandSpec add(CommandSpec spec) {
        return spec.addOption(Options.value("--tls", "WHEN", "none, starttls or implicit; none if left out.")
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

    /** Reads them. A password comes first on standard input. */
    static Dispatch read(String command, ParseResult arguments, Terminal terminal) throws CommandFailure {
        Optional<String> tls = Options.text(arguments, "--tls");
        return new Dispatch(
                address(command, "--server", arguments)
                        .orElseThrow(() -> usage(command, "--server: expected HOST:PORT", "")),
                Options.text(arguments, "--helo").orElseGet(OwnName::get),
                arguments.commandSpec().findOption("--lmtp") != null && arguments.hasMatchedOption("--lmtp"),
                tls.isPresent() ? when(command, tls.get()) : ListenerTls.NONE,
                tls.isPresent(),
                arguments.hasMatchedOption("--insecure"),
                Options.text(arguments, "--ca").map(terminal::path),
                login(command, arguments, terminal));
    }

    /** The address that an option names, if it is given. */
    static Optional<HostPort> address(String command, String option, ParseResult arguments) throws CommandFailure {
        Optional<String> written = Options.text(arguments, option);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(HostPort.parse(written.get())
                .filter(address -> address.port() > 0)
                .orElseThrow(() -> usage(command, option + ": expected HOST:PORT", written.get())));
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
                    command + ": expected a password in " + PASSWORD + ", or --password-stdin, found neither");
        }
        return Optional.of(new Login(user.get(), password));
    }

    static CommandFailure usage(String command, String expected, String found) {
        return new CommandFailure(ExitStatus.USAGE, command + ": " + expected + ", found \"" + found + "\"");
    }
}
