package org.mailwright.smtp.benchmarks.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code load}: sends mails to one server as fast as it takes them, and reports rates, times and errors.
 *
 * <p>Ends with status 0 if every mail was accepted, 1 if not, 2 if the arguments are wrong.
 *
 * @since 0.1.0
 */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Sends mails to an SMTP or LMTP server as fast as it takes them; counts errors and times.")
public final class Load implements Callable<Integer> {

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:2525", description = "Server (${DEFAULT-VALUE}).")
    private String server = "";

    @Option(
            names = {"-s", "--sessions"},
            defaultValue = "20",
            description = "Connections at a time (${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = {"-m", "--messages"},
            defaultValue = "10000",
            description = "Mails in all (${DEFAULT-VALUE}).")
    private long messages;

    @Option(
            names = {"-l", "--size"},
            defaultValue = "10KiB",
            description = "Octets a mail: 500, 10KiB, 1MiB, 1GiB.")
    private String size = "";

    @Option(names = "--keep", description = "Many mails on each connection (the default).")
    private boolean keep;

    @Option(names = "--one", description = "A connection for each mail.")
    private boolean one;

    @Option(
            names = {"-p", "--pipelining"},
            description = "MAIL, RCPT and DATA in one write, if offered.")
    private boolean pipelining;

    @Option(names = "--tls", defaultValue = "NONE", description = "none, starttls or implicit (${DEFAULT-VALUE}).")
    private TlsMode tls = TlsMode.NONE;

    @Option(names = "--lmtp", description = "Speak LMTP.")
    private boolean lmtp;

    @Option(
            names = {"-r", "--recipients"},
            defaultValue = "1",
            description = "Recipients a mail (${DEFAULT-VALUE}).")
    private int recipients;

    @Option(names = "--from", description = "Reverse-path (load@example.test).")
    private String from = LoadPlan.DEFAULTS.from();

    @Option(names = "--to", description = "Forward-path, {} is the recipient's number (sink{}@example.test).")
    private String to = LoadPlan.DEFAULTS.to();

    @Option(names = "--threads", defaultValue = "1", description = "Threads (${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--timeout", defaultValue = "60", description = "Seconds to wait for a step (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private Load() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Load());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        LoadResult result = new LoadRun(plan()).run();
        System.out.print(json ? LoadReport.json(result) : LoadReport.text(result));
        return result.good() ? 0 : 1;
    }

    private LoadPlan plan() {
        try {
            if (keep && one) {
                throw new IllegalArgumentException("--keep and --one exclude each other");
            }
            return new LoadPlan(
                    address(server),
                    sessions,
                    messages,
                    octets(size),
                    !one,
                    pipelining,
                    tls,
                    lmtp,
                    recipients,
                    from,
                    to,
                    threads,
                    Duration.ofSeconds(seconds));
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon).replaceAll("^\\[|]$", "");
        InetSocketAddress address = new InetSocketAddress(host, colon < 0 ? 25 : number(text.substring(colon + 1)));
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("no address for host " + host);
        }
        return address;
    }

    private static long octets(String text) {
        for (String unit : new String[] {"KiB", "MiB", "GiB"}) {
            if (text.endsWith(unit)) {
                int shift = 10 * (1 + "KMG".indexOf(unit.charAt(0)));
                return Math.multiplyExact((long) number(text.substring(0, text.length() - 3)), 1L << shift);
            }
        }
        return number(text);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: " + text, e);
        }
    }
}
