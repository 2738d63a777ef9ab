package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.MailIds;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.distribution.assembly.Installed;
import org.mailwright.smtp.distribution.plugin.PluginException;
import org.mailwright.smtp.ext.size.SizeExtension;
import org.mailwright.smtp.gateway.bsmtp.BatchReader;
import org.mailwright.smtp.gateway.bsmtp.BatchReport;
import org.mailwright.smtp.server.command.EnhancedStatusCodes;
import org.mailwright.smtp.server.command.HelloCommands;
import org.mailwright.smtp.server.command.MailCommands;
import org.mailwright.smtp.server.command.Pipelining;
import org.mailwright.smtp.server.command.SessionCommands;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code batch}: the mails of a file of batch SMTP (RFC 2442) to one server, which has the say about each. */
final class BatchCommand implements OptionCommand {
    private static final String STANDARD_INPUT = "-";
    /** The bounds of a file that its owner gives us; those of the server hold all the same. */
    private static final Limits LIMITS =
            new Limits(1 << 16, 1_000_000, Integer.MAX_VALUE, Integer.MAX_VALUE, 1 << 20, 32 * 1024, false);

    @Override
    public CommandSpec spec() {
        return ServerOptions.addServer(Options.command(
                        "mailwright batch",
                        "Send the mails of a file of batch SMTP (RFC 2442) to a server and print a line with the reply"
                                + " to each; behind it, indented, recipients with another reply. Status 0: all"
                                + " accepted; 65: the file ends before its QUIT, or is no batch; 75: it may work later"
                                + " for some; 69: refused for good."))
                .addPositional(Options.argument("FILE|-", "0..1", "The batch; standard input if left out."));
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        String file = arguments.matchedPositionalValue(0, STANDARD_INPUT);
        Dispatch dispatch = ServerOptions.read("mailwright batch", arguments, terminal);
        List<Extension> extensions = extensions(terminal);
        List<Extension> spoken = new ArrayList<>(List.of(new SizeExtension()));
        spoken.addAll(extensions);
        try (Dispatch.Connected server = dispatch.connected(spoken, Attributes.EMPTY);
                InputStream in =
                        file.equals(STANDARD_INPUT) ? terminal.in() : Files.newInputStream(terminal.path(file))) {
            int status = read(in, extensions, dispatch.hostname(), server, terminal);
            server.checkCertificate();
            return status;
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitStatus.NO_INPUT, "mailwright batch: there is no file " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.IO, "mailwright batch: " + e.getMessage(), e);
        } finally {
            dispatch.login().ifPresent(Login::close);
        }
    }

    private static int read(
            InputStream in, List<Extension> more, String hostname, Dispatch.Connected server, Terminal terminal) {
        List<Extension> extensions = new ArrayList<>(List.of(
                new HelloCommands(),
                new MailCommands(),
                new SessionCommands(),
                new Pipelining(),
                new EnhancedStatusCodes(),
                new SizeExtension()));
        extensions.addAll(more);
        Replay replay = new Replay(server, terminal.out());
        BatchReport report = new BatchReader(
                        ListenerProfile.of("batch", Role.MX, hostname).with(LIMITS),
                        extensions,
                        replay,
                        MailIds.startingNow(),
                        MemoryTransport.Options.DEFAULTS)
                .read(in, replay::over);
        if (report.broken().isPresent()) {
            terminal.err().println("mailwright batch: " + report.broken().get());
            return ExitStatus.DATA;
        }
        return replay.status();
    }

    private static List<Extension> extensions(Terminal terminal) throws CommandFailure {
        try {
            return Installed.find(terminal.home()).plain();
        } catch (PluginException e) {
            throw new CommandFailure(ExitStatus.CONFIG, String.valueOf(e.getMessage()), e);
        }
    }
}
