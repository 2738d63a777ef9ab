package org.mailwright.smtp.ext.proxy;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Settings;

/** Reads the key {@code trusted}, a list of networks. */
final class TrustSettings {

    private TrustSettings() {}

    static Optional<List<Network>> read(Settings settings) {
        return settings.texts("trusted")
                .map(texts -> texts.stream()
                        .map(text -> settings.read(
                                        "trusted", "a list of networks such as 10.0.0.0/8", value -> network(text))
                                .orElseThrow())
                        .toList());
    }

    private static Optional<Network> network(String text) {
        try {
            return Optional.of(Network.parse(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
