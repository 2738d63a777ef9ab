package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.mailwright.smtp.distribution.assembly.AssemblyException;
import org.mailwright.smtp.distribution.assembly.ServerAssembly;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.distribution.log.LogSetup;
import org.mailwright.smtp.server.SmtpListener;

/** {@code serve}: the server in the foreground, until it is told to stop. */
final class ServeCommand implements Subcommand {
    /**
     * The usual two ways to start are understood here: the classes of picocli cannot be archived for a fast start, and
     * reading them is a good part of all that a start does.
     */
    @Override
    public int run(List<String> arguments, Terminal terminal) throws CommandFailure {
        if (arguments.isEmpty()) {
            return serve(Optional.empty(), terminal);
        }
        if (arguments.size() == 2 && arguments.getFirst().equals("--config")) {
            return serve(Optional.of(arguments.getLast()), terminal);
        }
        return new ServeOptions().run(arguments, terminal);
    }

    /** Serves until it is told to stop. */
    static int serve(Optional<String> file, Terminal terminal) throws CommandFailure {
        Settings settings = Settings.read(file, terminal);
        ServerConfig config = settings.config();
        LogSetup.apply(config.log());
        ServerAssembly assembly = assemble(settings);
        Service service = new Service(settings, assembly, terminal);
        try {
            service.start();
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.UNAVAILABLE, "mailwright serve: " + e.getMessage(), e);
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopAndEnd(service, stopped), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        HangUp.handle(service::reload);
        if (settings.file().isEmpty() || !assembly.hasUsers()) {
            terminal.out().print(FirstSteps.text(settings, assembly, terminal.command()));
        }
        for (SmtpListener listener : assembly.listeners()) {
            String name = listener.profile().name();
            String role = listener.profile().role().name().toLowerCase(Locale.ROOT);
            terminal.out()
                    .println("listening " + name + " " + role + " "
                            + written(assembly.server().address(name)));
        }
        assembly.inlets()
                .addresses()
                .forEach((name, address) -> terminal.out().println("listening " + name + " http " + written(address)));
        terminal.out().println("ready");
        terminal.out().flush();
        return await(service, stopped, hook);
    }

    private static ServerAssembly assemble(Settings settings) throws CommandFailure {
        try {
            Files.createDirectories(settings.config().data());
            return ServerAssembly.of(settings.config(), settings.installed(), ServerAssembly.Purpose.SERVE);
        } catch (AssemblyException e) {
            throw new CommandFailure(
                    e.isPassing() ? ExitStatus.TEMPORARY : ExitStatus.CONFIG, e.in(settings.name()), e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.CONFIG,
                    settings.name() + ": data: " + settings.config().data() + " cannot be made",
                    e);
        }
    }

    /** Waits for a signal; an interrupt of this thread, as in tests, stops the server as well. */
    private static int await(Service service, CountDownLatch stopped, Thread hook) throws CommandFailure {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            try {
                service.stop();
            } catch (InterruptedException again) {
                throw new CommandFailure(ExitStatus.TEMPORARY, "mailwright serve: interrupted while it stopped", again);
            }
        }
        return ExitStatus.OK;
    }

    /** Runs when a signal ends the process: only halting it leaves the status to us. */
    private static void stopAndEnd(Service service, CountDownLatch stopped) {
        int status = ExitStatus.OK;
        try {
            service.stop();
        } catch (InterruptedException e) {
            status = ExitStatus.TEMPORARY;
        }
        stopped.countDown();
        Runtime.getRuntime().halt(status);
    }

    /** An address as it is written in a configuration. */
    static String written(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String text = host.isAnyLocalAddress() && host instanceof Inet6Address ? "::" : host.getHostAddress();
        return new HostPort(text, address.getPort()).toString();
    }
}
