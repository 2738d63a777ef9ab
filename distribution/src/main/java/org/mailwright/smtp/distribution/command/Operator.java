package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;
import org.mailwright.smtp.distribution.control.ControlClient;
import org.mailwright.smtp.distribution.control.ControlException;
import org.mailwright.smtp.distribution.control.ControlServer;
import org.mailwright.smtp.distribution.control.NoServerException;
import org.mailwright.smtp.distribution.control.Request;
import org.mailwright.smtp.distribution.control.Row;
import org.mailwright.smtp.distribution.text.Lines;
import org.mailwright.smtp.distribution.text.Visible;

/** A command's connection to the server that runs with a configuration. */
final class Operator implements AutoCloseable {
    private final String command;
    private final ControlClient client;

    private Operator(String command, ControlClient client) {
        this.command = command;
        this.client = client;
    }

    /**
     * Connects.
     *
     * @param command the name of the command, for what goes wrong
     * @param config the configuration file, which names the data folder
     */
    static Operator connect(String command, Optional<String> config, Terminal terminal) throws CommandFailure {
        Settings settings = Settings.read(config, terminal);
        Path data = settings.config().data();
        try {
            return new Operator(command, ControlClient.connect(ControlServer.socket(data)));
        } catch (NoServerException e) {
            throw new CommandFailure(
                    ExitStatus.UNAVAILABLE,
                    command + ": no server is running with the data folder " + data + "; start it with `"
                            + terminal.command() + " serve" + settings.option() + "`"
                            + (config.isPresent() ? "" : ", or name its configuration with --config"),
                    e);
        } catch (AccessDeniedException e) {
            throw new CommandFailure(
                    ExitStatus.UNAVAILABLE,
                    command + ": only the user that the server runs as, or root, can use " + e.getFile(),
                    e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.UNAVAILABLE,
                    command + ": the server with the data folder " + data + " cannot be reached: " + e.getMessage(),
                    e);
        }
    }

    /** Asks, and returns the end of the answer. */
    Row ask(Request request, ControlClient.Rows rows) throws CommandFailure {
        return told(() -> client.ask(request, rows));
    }

    /** Asks for rows that are passed on as they are. */
    Row lines(Request request, Lines rows) throws CommandFailure {
        return told(() -> client.lines(request, rows));
    }

    private interface Asking {
        Row ask() throws IOException, ControlException;
    }

    private Row told(Asking asking) throws CommandFailure {
        try {
            return asking.ask();
        } catch (ControlException e) {
            throw new CommandFailure(status(e.kind()), command + ": " + Visible.text(e.text()), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.IO, command + ": " + e.getMessage(), e);
        }
    }

    Row ask(Request request) throws CommandFailure {
        return ask(request, row -> {});
    }

    private static int status(ControlException.Kind kind) {
        return switch (kind) {
            case USAGE -> ExitStatus.USAGE;
            case UNKNOWN_MAIL -> ExitStatus.NO_INPUT;
            case NO_QUEUE -> ExitStatus.UNAVAILABLE;
            case BUSY -> ExitStatus.TEMPORARY;
            case FAILED -> ExitStatus.IO;
        };
    }

    @Override
    public void close() throws CommandFailure {
        try {
            client.close();
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.IO, command + ": " + e.getMessage(), e);
        }
    }
}
