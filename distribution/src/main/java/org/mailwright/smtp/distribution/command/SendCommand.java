package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.distribution.config.HostPort;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code send}: one mail to one server. */
final class SendCommand implements OptionCommand {
    private static final String STANDARD_INPUT = "-";

    @Override
    public CommandSpec spec() {
        return ServerOptions.add(Options.command(
                        "mailwright send",
                        "Send a mail to a server, or with --mx straight to the mail exchangers of its recipients, and"
                                + " print each recipient's reply. Status 0: all accepted; 75: it may work later; 69:"
                                + " refused for good.")
                .addOption(Options.value("--server", "HOST:PORT", "The server.").build())
                .addOption(Options.flag("--mx", "To the mail exchangers; TLS where they offer it."))
                .addOption(Options.value("--dns", "HOST:PORT", "With --mx: the name server; the system's if left out.")
                        .build())
                .addOption(Options.value("--port", "PORT", "With --mx: where mail exchangers listen; 25 if left out.")
                        .build())
                .addOption(Options.flag("--private", "With --mx: the DNS may lead to private addresses."))
                .addOption(Options.value("--from", "ADDRESS", "The envelope sender; \"\" for none.")
                        .required(true)
                        .build())
                .addOption(OptionSpec.builder("--to")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("ADDRESS")
                        .arity("1")
                        .required(true)
                        .description("A recipient; more may follow, or --to be given again.")
                        .build())
                .addOption(Options.flag("--lmtp", "Speak LMTP."))
                .addPositional(PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("FILE|-")
                        .arity("0..*")
                        .index("0..*")
                        .description("The mail; standard input if left out.")
                        .build()));
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        Words words = words(arguments, terminal);
        ReversePath sender = Addresses.sender(Options.text(arguments, "--from").orElse(""));
        List<ForwardPath> recipients = new ArrayList<>();
        for (String recipient : words.recipients()) {
            recipients.add(Addresses.recipient(recipient));
        }
        boolean exchangers = arguments.hasMatchedOption("--mx");
        if (exchangers == Options.text(arguments, "--server").isPresent()) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    "mailwright send: expected either --server HOST:PORT or --mx, found "
                            + (exchangers ? "both" : "neither"));
        }
        // a password comes first on standard input, the mail behind it
        Optional<Dispatch> dispatch =
                exchangers ? Optional.empty() : Optional.of(ServerOptions.read("mailwright send", arguments, terminal));
        try (MailInput input = words.file().equals(STANDARD_INPUT)
                ? MailInput.of(terminal.in())
                : MailInput.of(terminal.path(words.file()))) {
            MailResult result = dispatch.isEmpty()
                    ? mx(arguments).send(OutgoingMail.of(sender, recipients, replayable(input.body())))
                    : dispatch.get().send(OutgoingMail.of(sender, recipients, input.body()));
            Results.lines(result).forEach(terminal.out()::println);
            return Results.status(result);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitStatus.USAGE, "mailwright send: " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitStatus.NO_INPUT, "mailwright send: there is no file " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.IO, "mailwright send: the mail cannot be read: " + e.getMessage(), e);
        } finally {
            dispatch.flatMap(Dispatch::login).ifPresent(Login::close);
        }
    }

    private static EndToEnd mx(ParseResult arguments) throws CommandFailure {
        Optional<String> dns = Options.text(arguments, "--dns");
        Optional<HostPort> server = dns.flatMap(HostPort::parse);
        if (dns.isPresent() && server.isEmpty()) {
            throw usage("--dns: expected HOST:PORT", dns.get());
        }
        String port = Options.text(arguments, "--port").orElse("25");
        if (!port.matches("[1-9][0-9]{0,4}")) {
            throw usage("--port: expected a number from 1 to 65535", port);
        }
        return new EndToEnd(
                Options.text(arguments, "--helo").orElseGet(OwnName::get),
                server,
                Integer.parseInt(port),
                arguments.hasMatchedOption("--private"));
    }

    /** Each domain gets the content over a connection of its own. */
    private static Body replayable(Body body) throws IOException {
        if (body.replayable()) {
            return body;
        }
        try (InputStream in = body.open()) {
            return Body.of(in.readAllBytes());
        }
    }

    /** What stands on the command line outside of options with one value. */
    private record Words(List<String> recipients, String file) {}

    private static Words words(ParseResult arguments, Terminal terminal) throws CommandFailure {
        List<String> recipients = new ArrayList<>(arguments.<List<String>>matchedOptionValue("--to", List.of()));
        List<String> files = new ArrayList<>();
        for (String word : arguments.<List<String>>matchedPositionalValue(0, List.of())) {
            boolean address = word.contains("@") && !Files.exists(terminal.path(word));
            (address ? recipients : files).add(word);
        }
        if (files.size() > 1) {
            throw new CommandFailure(
                    ExitStatus.USAGE, "mailwright send: expected one FILE, found " + String.join(" and ", files));
        }
        return new Words(recipients, files.isEmpty() ? STANDARD_INPUT : files.getFirst());
    }

    private static CommandFailure usage(String expected, String found) {
        return new CommandFailure(ExitStatus.USAGE, "mailwright send: " + expected + ", found \"" + found + "\"");
    }
}
