package org.mailwright.smtp.distribution.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The commands that there are. */
enum CommandName {
    SERVE("Run the server in the foreground."),
    CHECK_CONFIG("Check a configuration file."),
    PRINT_DEFAULTS("Print every key of the configuration file with its default."),
    USER("Add, change, remove and list users."),
    SEND("Send a mail to a server."),
    BATCH("Send the mails of a file of batch SMTP to a server."),
    FETCH("Fetch the mail that a server keeps for a host, by ATRN or TURN."),
    SENDMAIL("Take a mail as the sendmail program does."),
    ETRN("Ask a server to send the mail that it keeps for a host."),
    QUEUE("See what waits in the queue of a running server, and hold, release, delete and flush it."),
    RELOAD("Ask a running server to read its configuration again."),
    EXTENSIONS("List the extensions that are installed, and where they are on."),
    VERSION("Print the version.");

    private final String summary;

    CommandName(String summary) {
        this.summary = summary;
    }

    static Optional<CommandName> find(String written) {
        return Arrays.stream(values())
                .filter(name -> name.written().equals(written))
                .findFirst();
    }

    String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String summary() {
        return summary;
    }

    /** A new command; only now is its class loaded. */
    Subcommand create() {
        return switch (this) {
            case SERVE -> new ServeCommand();
            case CHECK_CONFIG -> new CheckConfigCommand();
            case PRINT_DEFAULTS -> new PrintDefaultsCommand();
            case USER -> new UserCommand();
            case SEND -> new SendCommand();
            case BATCH -> new BatchCommand();
            case FETCH -> new FetchCommand();
            case SENDMAIL -> new SendmailCommand();
            case ETRN -> new EtrnCommand();
            case QUEUE -> new QueueCommand();
            case RELOAD -> new ReloadCommand();
            case EXTENSIONS -> new ExtensionsCommand();
            case VERSION -> new VersionCommand();
        };
    }
}
