package org.mailwright.smtp.distribution.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailwright.smtp.mailbox.LocalDomains;

/**
 * The configuration of a whole server.
 *
 * @param source the file that it was read from, as it was named
 * @param hostname the name of this host
 * @param data the folder of everything that the server writes
 * @param ioThreads threads that move octets; 0 chooses by the number of cores
 * @param listeners where mail comes in; at least one
 * @param http where mail comes in by HTTP
 * @param localDomains domains whose mail ends here; {@code "*"} for every domain
 * @param users who has a mailbox
 * @param queue where mail waits
 * @param relay how mail goes to other hosts
 * @param routes ways of their own for some domains
 * @param turns whose mail waits until their host fetches it or asks for it
 * @param dns whom to ask for the hosts of a domain
 * @param filter the content filter, if there is one
 * @param delivery where mail ends
 * @param reports what senders hear of mail that is not delivered
 * @param limits what one peer may use
 * @param timeouts how long to wait
 * @param extensions what the known extensions are told
 * @param foreign the tables of the other installed extensions, by identifier
 * @param foreignLines the lines of those tables and of their keys, by full name
 * @param tls certificates
 * @param log what the server tells
 * @since 0.1.0
 */
public record ServerConfig(
        String source,
        String hostname,
        Path data,
        int ioThreads,
        List<ListenerConfig> listeners,
        List<HttpConfig> http,
        List<String> localDomains,
        UsersConfig users,
        QueueConfig queue,
        RelaySettings relay,
        List<RouteConfig> routes,
        List<TurnConfig> turns,
        DnsSettings dns,
        FilterConfig filter,
        DeliveryConfig delivery,
        ReportSettings reports,
        LimitsConfig limits,
        TimeoutsConfig timeouts,
        ExtensionsConfig extensions,
        Map<String, Map<String, Object>> foreign,
        Map<String, Integer> foreignLines,
        TlsConfig tls,
        LogConfig log) {

    /** What holds without a file. */
    public static ServerConfig defaults(Path folder) {
        return of(ConfigFile.none(folder));
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param installed the identifiers of all extensions that are installed
     * @throws ConfigException with all that is wrong in it
     */
    public static ServerConfig read(Path file, Set<String> installed) throws ConfigException {
        ConfigFile read = ConfigFile.read(file, installed);
        ConfigConsistency.check(read, installed);
        return of(read);
    }

    /** The domain of names that stand without one: the first of the local domains, or the host where none is named. */
    public String mainDomain() {
        return localDomains.stream()
                .filter(name -> !name.equals(LocalDomains.ALL))
                .findFirst()
                .orElse(hostname);
    }

    private static ServerConfig of(ConfigFile file) {
        ConfigValues top = file.table(ConfigKeys.TOP);
        return new ServerConfig(
                file.name(),
                top.get(ConfigKeys.HOSTNAME),
                file.path("{data}"),
                top.get(ConfigKeys.IO_THREADS),
                file.entries(ConfigKeys.LISTENER).stream()
                        .map(ListenerConfig::of)
                        .toList(),
                file.entries(GatewayKeys.HTTP).stream().map(HttpConfig::of).toList(),
                file.table(ConfigKeys.DOMAINS).get(ConfigKeys.LOCAL_DOMAINS),
                UsersConfig.of(file),
                QueueConfig.of(file),
                RelaySettings.of(file),
                file.entries(QueueKeys.ROUTE).stream()
                        .map(route -> RouteConfig.of(file, route))
                        .toList(),
                file.entries(TurnKeys.TURN).stream()
                        .map(turn -> TurnConfig.of(file, turn))
                        .toList(),
                DnsSettings.of(file.table(QueueKeys.DNS)),
                FilterConfig.of(file.table(GatewayKeys.FILTER_TABLE)),
                DeliveryConfig.of(file),
                ReportSettings.of(file),
                LimitsConfig.of(file.table(ConfigKeys.LIMITS)),
                TimeoutsConfig.of(file.table(ConfigKeys.TIMEOUTS)),
                ExtensionsConfig.of(file),
                file.foreign(),
                file.foreignLines(),
                TlsConfig.of(file),
                LogConfig.of(file.table(ConfigKeys.LOG)));
    }
}
