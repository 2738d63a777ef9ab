package org.mailwright.smtp.distribution.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds values that are each of their type, and together make no server. */
final class ConfigConsistency {
    private final ConfigFile file;
    private final ConfigFindings findings;

    private ConfigConsistency(ConfigFile file, ConfigFindings findings) {
        this.file = file;
        this.findings = findings;
    }

    static void check(ConfigFile file, Set<String> installed) throws ConfigException {
        ConfigFindings findings = new ConfigFindings(file);
        ConfigConsistency consistency = new ConfigConsistency(file, findings);
        consistency.listeners(installed);
        consistency.certificates();
        DeliveryConsistency.check(file, findings);
        findings.complain();
    }

    private void listeners(Set<String> installed) {
        List<ConfigValues> entries = file.entries(ConfigKeys.LISTENER);
        List<ConfigValues> all = new ArrayList<>(entries);
        all.addAll(file.entries(GatewayKeys.HTTP));
        findings.different(all, ConfigKeys.LISTENER_NAME, "listener", Function.identity());
        findings.different(
                all.stream()
                        .filter(entry -> entry.get(ConfigKeys.LISTENER_ADDRESS).port() != 0)
                        .toList(),
                ConfigKeys.LISTENER_ADDRESS,
                "listener",
                HostPort::toString);
        all.forEach(this::known);
        for (ConfigValues entry : entries) {
            for (String id : entry.find(ConfigKeys.LISTENER_EXTENSIONS).orElse(List.of())) {
                if (!installed.contains(id)) {
                    String hint = Suggestions.nearest(id, installed)
                            .map(near -> "; did you mean \"" + near + "\"?")
                            .orElse("");
                    findings.expected(
                            entry,
                            ConfigKeys.LISTENER_EXTENSIONS,
                            "extensions that are installed (" + String.join(", ", new TreeSet<>(installed)) + ")",
                            "\"" + id + "\"" + hint);
                }
            }
        }
    }

    private void known(ConfigValues listener) {
        String host = listener.get(ConfigKeys.LISTENER_ADDRESS).host();
        try {
            InetAddress address = InetAddress.getByName(host);
            if (listener.table().equals(GatewayKeys.HTTP)
                    && listener.get(GatewayKeys.HTTP_TLS) == HttpTls.NONE
                    && !address.isLoopbackAddress()) {
                findings.expected(
                        listener,
                        GatewayKeys.HTTP_TLS,
                        "\"implicit\", for passwords would travel in clear to " + host,
                        "\"none\"");
            }
        } catch (UnknownHostException e) {
            findings.expected(listener, ConfigKeys.LISTENER_ADDRESS, "an address of this host", "\"" + host + "\"");
        }
    }

    private void certificates() {
        ConfigValues tls = file.table(ConfigKeys.TLS);
        findings.together(tls, ConfigKeys.TLS_CERTIFICATE, ConfigKeys.TLS_KEY);
        findings.together(tls, ConfigKeys.TLS_KEY, ConfigKeys.TLS_CERTIFICATE);
        for (ConfigKey<String> key : List.of(
                ConfigKeys.TLS_CERTIFICATE,
                ConfigKeys.TLS_KEY,
                ConfigKeys.TLS_PASSPHRASE_FILE,
                ConfigKeys.TLS_CLIENT_CA)) {
            findings.readable(tls, key);
        }
        for (ConfigValues entry : file.entries(ConfigKeys.TLS_SNI)) {
            findings.readable(entry, ConfigKeys.SNI_CERTIFICATE);
            findings.readable(entry, ConfigKeys.SNI_KEY);
            findings.readable(entry, ConfigKeys.SNI_PASSPHRASE_FILE);
        }
    }
}
