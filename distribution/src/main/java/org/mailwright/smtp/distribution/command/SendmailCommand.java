package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.distribution.config.ListenerConfig;
import org.mailwright.smtp.distribution.config.ListenerRole;
import org.mailwright.smtp.distribution.config.ListenerTls;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.distribution.control.Request;
import org.mailwright.smtp.distribution.sendmail.LocalMail;
import org.mailwright.smtp.distribution.sendmail.SendmailException;
import org.mailwright.smtp.distribution.sendmail.SendmailOptions;

/** {@code sendmail}: takes mail as programs hand it to sendmail, and brings it to the server on this host. */
final class SendmailCommand implements Subcommand {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private static final String HELP = """
        Usage: mailwright sendmail [OPTION...] [ADDRESS...]
        Take a mail from standard input and bring it to the server on this host, as sendmail does.
          -f, -r ADDRESS   the envelope sender
          -F NAME          the sender's name, where the mail has no From
          -t               recipients are in To, Cc and Bcc; Bcc is removed
          -i, -oi          a line with a single dot does not end the mail
          -bs              speak SMTP on standard input and output
          -bp              show the queue of the server that runs with the configuration
          -q, -qIID, -qRSITE      try again now what is in its queue: all, one mail, or what goes to SITE
          -bi              nothing: aliases are read again when they have changed
          -v               print the replies
          -C, --config FILE       the configuration, from which the server's address is taken
          -S, --server HOST:PORT  the server, if it is another one
        Other options of sendmail are accepted and change nothing.
        """;

    private final Clock clock = Clock.system(ZoneId.systemDefault());

    @Override
    public int run(List<String> arguments, Terminal terminal) throws CommandFailure {
        try {
            SendmailOptions options = SendmailOptions.parse(arguments);
            return switch (options.mode()) {
                case HELP -> print(terminal, HELP);
                case QUEUE -> queue(options, terminal);
                case FLUSH -> flush(options, terminal);
                case ALIASES -> ExitStatus.OK;
                case SMTP -> SmtpPipe.run(server(options, terminal), terminal);
                case MAIL -> mail(options, terminal);
            };
        } catch (SendmailException e) {
            int status = switch (e.kind()) {
                case USAGE -> ExitStatus.USAGE;
                case MAIL -> ExitStatus.DATA;
            };
            throw new CommandFailure(status, "mailwright sendmail: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.IO, "mailwright sendmail: " + e.getMessage(), e);
        }
    }

    private static int print(Terminal terminal, String text) {
        terminal.out().print(text);
        return ExitStatus.OK;
    }

    private static int queue(SendmailOptions options, Terminal terminal) throws CommandFailure {
        try (Operator operator = Operator.connect("mailwright sendmail -bp", options.config(), terminal)) {
            new Mailq(operator, terminal).show();
        }
        return ExitStatus.OK;
    }

    /** Programs and cron say it too: mail whose sender wants it later (RFC 4865) goes now where it is named alone. */
    private static int flush(SendmailOptions options, Terminal terminal) throws CommandFailure {
        Request request = Request.of(Request.Verb.FLUSH);
        request = options.flush().mail().isPresent()
                ? request.with("mail", options.flush().mail().get())
                : request.with("tried", "only");
        if (options.flush().site().isPresent()) {
            request = request.with("lane", options.flush().site().get());
        }
        try (Operator operator = Operator.connect("mailwright sendmail -q", options.config(), terminal)) {
            operator.ask(request);
        }
        return ExitStatus.OK;
    }

    private int mail(SendmailOptions options, Terminal terminal) throws CommandFailure, SendmailException, IOException {
        HostPort server = server(options, terminal);
        String domain = domain(options, terminal);
        try (LocalMail mail = LocalMail.read(terminal.in(), options.dotEnds())) {
            String sender = options.sender()
                    .map(written -> sender(written, domain))
                    .orElseGet(
                            () -> whole(account(terminal.environment(), System.getProperty("user.name", "")), domain));
            ReversePath from = Addresses.sender(sender);
            List<ForwardPath> to = recipients(options, mail, domain);
            complete(mail, options, sender, domain);
            Body body = Body.of(OptionalLong.empty(), mail::open);
            MailResult result = Dispatch.next(server, OwnName.get()).send(OutgoingMail.of(from, to, body));
            if (options.verbose()) {
                Results.lines(result).forEach(terminal.out()::println);
            } else {
                Results.lines(result).stream()
                        .filter(line -> !result.isAccepted())
                        .forEach(terminal.err()::println);
            }
            return Results.status(result);
        }
    }

    private static List<ForwardPath> recipients(SendmailOptions options, LocalMail mail, String domain)
            throws CommandFailure {
        Set<String> written = new LinkedHashSet<>(options.recipients());
        if (options.recipientsFromHeader()) {
            for (String field : List.of("To", "Cc", "Bcc")) {
                written.addAll(mail.addresses(field));
            }
        }
        if (written.isEmpty()) {
            throw new CommandFailure(ExitStatus.USAGE, "mailwright sendmail: expected a recipient, found none");
        }
        List<ForwardPath> recipients = new ArrayList<>();
        for (String one : written) {
            recipients.add(Addresses.recipient(whole(one, domain)));
        }
        return recipients;
    }

    /** Who sends where nobody is named: whom the surroundings name, as far as they do; cron sets LOGNAME alone. */
    static String account(Map<String, String> environment, String ofProcess) {
        return Stream.of(environment.getOrDefault("USER", ""), environment.getOrDefault("LOGNAME", ""), ofProcess)
                .filter(name -> !name.isEmpty() && !name.equals("?"))
                .findFirst()
                .orElse("postmaster");
    }

    /** The sender as programs write it: an address, nobody, or only the name of an account, as cron does. */
    private static String sender(String written, String domain) {
        return written.isEmpty() || written.equals("<>") ? "" : whole(written, domain);
    }

    private static String whole(String written, String domain) {
        return written.contains("@") ? written : written + "@" + domain;
    }

    /** Adds what a mail must have (RFC 5322 §3.6), and takes away what only sender and server may know. */
    private void complete(LocalMail mail, SendmailOptions options, String sender, String domain) {
        mail.remove("Bcc");
        if (!mail.has("From") && !sender.isEmpty()) {
            mail.add(
                    "From",
                    options.fullName()
                            .map(name -> "\"" + name.replaceAll("[\"\\\\]", "") + "\" <" + sender + ">")
                            .orElse(sender));
        }
        if (!mail.has("Date")) {
            mail.add("Date", DATE.format(ZonedDateTime.now(clock)));
        }
        if (!mail.has("Message-ID")) {
            mail.add("Message-ID", "<" + UUID.randomUUID() + "@" + domain + ">");
        }
    }

    /** The domain of names without one; a server that is named without a configuration has the default's. */
    private static String domain(SendmailOptions options, Terminal terminal) throws CommandFailure {
        ServerConfig config = options.config().isPresent()
                ? Settings.read(options.config(), terminal).config()
                : ServerConfig.defaults(terminal.folder());
        return config.mainDomain();
    }

    /** The server that was named, or the listener of the configuration that takes mail in clear. */
    private static HostPort server(SendmailOptions options, Terminal terminal) throws CommandFailure {
        if (options.server().isPresent()) {
            String written = options.server().get();
            return HostPort.parse(written)
                    .orElseThrow(() -> new CommandFailure(
                            ExitStatus.USAGE, "mailwright sendmail: expected HOST:PORT, found \"" + written + "\""));
        }
        Settings settings = Settings.read(options.config(), terminal);
        return taking(settings.config().listeners())
                .orElseThrow(() -> new CommandFailure(
                        ExitStatus.CONFIG,
                        settings.name() + ": listener: expected one of the role mx, so that there is a server to take"
                                + " the mail, found none"));
    }

    /** The first one, or rather the first by which those whom it trusts may send to anywhere, as a filter's may not. */
    static Optional<HostPort> taking(List<ListenerConfig> listeners) {
        return listeners.stream()
                .filter(listener -> listener.role() == ListenerRole.MX && listener.tls() != ListenerTls.IMPLICIT)
                .sorted(Comparator.comparing(
                        listener -> !listener.filtered() || listener.trusted().isEmpty()))
                .map(ListenerConfig::address)
                .map(SendmailCommand::reachable)
                .findFirst();
    }

    /** Where a server that listens everywhere is reached from its own host. */
    private static HostPort reachable(HostPort address) {
        return switch (address.host()) {
            case "0.0.0.0" -> new HostPort("127.0.0.1", address.port());
            case "::" -> new HostPort("::1", address.port());
            default -> address;
        };
    }
}
