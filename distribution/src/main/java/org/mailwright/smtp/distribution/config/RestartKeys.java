package org.mailwright.smtp.distribution.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The keys whose values a running server keeps: a reload cannot change them.
 *
 * @since 0.1.0
 */
public final class RestartKeys {
    private final List<String> changed = new ArrayList<>();

    private RestartKeys() {}

    /**
     * Says which keys have another value now, and that they wait for a restart.
     *
     * @param started what the server was started with
     * @param before what held until now
     * @param next what holds from now on
     * @return empty when there are none
     */
    public static String told(ServerConfig started, ServerConfig before, ServerConfig next) {
        RestartKeys keys = new RestartKeys();
        keys.compare(started, next);
        for (HttpConfig http : next.http()) {
            before.http().stream()
                    .filter(old -> old.name().equals(http.name())
                            && old.address().equals(http.address())
                            && old.tls() == http.tls())
                    .forEach(old -> keys.compare(old, http));
        }
        return keys.changed.isEmpty() ? "" : "but only a restart changes " + String.join(", ", keys.changed);
    }

    private void compare(ServerConfig one, ServerConfig other) {
        compare(one, other, ConfigKeys.IO_THREADS.name(), ServerConfig::ioThreads);
        compare(one, other, "limits.connections", config -> config.limits().connections());
        compare(
                one,
                other,
                "limits.connections-per-client",
                config -> config.limits().connectionsPerClient());
        compare(one, other, "queue.password-file", config -> config.queue().passwordFile());
    }

    private void compare(HttpConfig one, HttpConfig other) {
        compare(one, other, "http.requests", HttpConfig::requests);
        compare(one, other, "http.timeout", HttpConfig::timeout);
    }

    private <T> void compare(T one, T other, String key, Function<T, Object> value) {
        if (!Objects.equals(value.apply(one), value.apply(other)) && !changed.contains(key)) {
            changed.add(key);
        }
    }
}
