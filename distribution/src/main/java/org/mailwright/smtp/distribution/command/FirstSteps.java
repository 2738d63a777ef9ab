package org.mailwright.smtp.distribution.command;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.distribution.assembly.ServerAssembly;
import org.mailwright.smtp.mailbox.LocalDomains;
import org.mailwright.smtp.server.SmtpListener;

/** What a person is told who starts a server for the first time: how to add a user, and how to send the first mail. */
final class FirstSteps {
    private FirstSteps() {}

    static String text(Settings settings, ServerAssembly assembly, String command) {
        String domain = settings.config().localDomains().stream()
                .filter(name -> !name.equals(LocalDomains.ALL))
                .findFirst()
                .orElse("example.test");
        String address = "alice@" + domain;
        StringBuilder text = new StringBuilder(512);
        if (settings.file().isEmpty()) {
            text.append("No configuration file: the defaults hold, and all that is written is in ")
                    .append(settings.config().data())
                    .append(".\n");
        }
        text.append("To add a user (asks for a password):\n    ")
                .append(command)
                .append(" user add ")
                .append(address)
                .append(settings.option())
                .append('\n');
        server(assembly, Role.MX)
                .ifPresent(server -> text.append(
                                "To send the first mail:\n    printf" + " 'Subject: hello\\n\\nHello!\\n' | ")
                        .append(command)
                        .append(" send --server ")
                        .append(server)
                        .append(" --from ")
                        .append(address)
                        .append(" --to ")
                        .append(address)
                        .append('\n'));
        return text.append("It arrives in ")
                .append(settings.config().delivery().maildir())
                .append("/new.\n")
                .toString();
    }

    private static Optional<String> server(ServerAssembly assembly, Role role) {
        List<SmtpListener> listeners = assembly.listeners();
        return listeners.stream()
                .filter(listener -> listener.profile().role() == role)
                .findFirst()
                .map(listener -> {
                    InetSocketAddress address =
                            assembly.server().address(listener.profile().name());
                    return address.getAddress().isAnyLocalAddress()
                            ? "localhost:" + address.getPort()
                            : ServeCommand.written(address);
                });
    }
}
