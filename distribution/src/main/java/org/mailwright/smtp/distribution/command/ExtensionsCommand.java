package org.mailwright.smtp.distribution.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.distribution.assembly.AssemblyException;
import org.mailwright.smtp.distribution.assembly.ServerAssembly;
import org.mailwright.smtp.distribution.plugin.Plugins;
import org.mailwright.smtp.mailbox.LocalMailboxes;
import org.mailwright.smtp.server.SmtpListener;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code extensions}: which extensions are installed, what they add, and which listener has them. */
final class ExtensionsCommand implements OptionCommand {
    @Override
    public CommandSpec spec() {
        return Options.command(
                        "mailwright extensions",
                        "List the extensions that are installed, their keywords and verbs, and per listener which are"
                                + " on. Jars in lib/ext are found by themselves.")
                .addOption(Options.config());
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        Settings settings = Settings.read(Options.config(arguments), terminal);
        ServerAssembly assembly = look(settings);
        List<Extension> shown = assembly.extensions().stream()
                .filter(extension -> !extension.id().equals(LocalMailboxes.ID))
                .toList();
        for (Extension extension : shown) {
            // declared for the role that most extensions are meant for; the listeners below say where it is on
            Role role = extension.defaultRoles().contains(Role.SUBMISSION) ? Role.SUBMISSION : Role.MX;
            String declared = Declared.by(extension, role, settings.config().hostname());
            terminal.out().println(column(extension.id(), 20) + column(source(settings, extension), 20) + declared);
        }
        terminal.out().println();
        for (SmtpListener listener : assembly.listeners()) {
            Set<String> on = listener.extensions().orElse(Set.of());
            terminal.out()
                    .println("listener " + listener.profile().name() + " ("
                            + listener.profile().role().name().toLowerCase(Locale.ROOT) + "): "
                            + shown.stream()
                                    .map(Extension::id)
                                    .filter(on::contains)
                                    .collect(Collectors.joining(" ")));
        }
        return ExitStatus.OK;
    }

    private static ServerAssembly look(Settings settings) throws CommandFailure {
        try {
            return ServerAssembly.of(settings.config(), settings.installed(), ServerAssembly.Purpose.LOOK);
        } catch (AssemblyException e) {
            throw new CommandFailure(ExitStatus.CONFIG, e.in(settings.name()), e);
        }
    }

    private static String source(Settings settings, Extension extension) {
        return settings.installed().plugins().stream()
                .filter(found -> found.extension().id().equals(extension.id()))
                .map(Plugins.Found::source)
                .map(Path::getFileName)
                .map(name -> "lib/ext/" + name)
                .findFirst()
                .orElse("Mailwright");
    }

    private static String column(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
