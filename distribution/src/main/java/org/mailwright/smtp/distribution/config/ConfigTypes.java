package org.mailwright.smtp.distribution.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types that keys have. */
final class ConfigTypes {
    private static final Pattern DOMAIN =
            Pattern.compile("(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?\\.)*"
                    + "[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    static final ConfigType<String> HOST_NAME = text(
            "a host name such as \"mx.example.test\"",
            name -> name.length() <= 253 && DOMAIN.matcher(name).matches());
    static final ConfigType<String> DOMAIN_NAME = text(
            "a domain such as \"example.test\"",
            name -> name.equals("*")
                    || (name.length() <= 253 && DOMAIN.matcher(name).matches()));
    static final ConfigType<String> LABEL = text(
            "a name of letters, digits, dots and hyphens",
            name -> NAME.matcher(name).matches());
    // those that the file of users can serve; CRAM-MD5 needs passwords in clear, tokens need somebody who checks them
    private static final Set<String> MECHANISMS = Set.of(
            "SCRAM-SHA-256-PLUS",
            "SCRAM-SHA-512-PLUS",
            "SCRAM-SHA-1-PLUS",
            "SCRAM-SHA-256",
            "SCRAM-SHA-512",
            "SCRAM-SHA-1",
            "PLAIN",
            "LOGIN",
            "EXTERNAL");
    static final ConfigType<String> MECHANISM = text(
            "SCRAM-SHA-256, SCRAM-SHA-512, SCRAM-SHA-1, one of these with -PLUS, PLAIN, LOGIN or EXTERNAL",
            name -> MECHANISMS.contains(name.toUpperCase(Locale.ROOT)));
    static final ConfigType<String> PATH =
            text("the path of a file or folder", path -> !path.isEmpty() && path.indexOf('\0') < 0);
    static final ConfigType<String> SEPARATOR = text(
            "at most 4 characters, such as \"+\"", separator -> separator.length() <= 4 && !separator.contains("@"));
    static final ConfigType<String> LOCAL_PART =
            text("the name of a user, without \"@\"", user -> !user.isEmpty() && !user.contains("@"));
    static final ConfigType<HostPort> HOST_PORT = new ConfigType<>(
            "an address and port such as \"127.0.0.1:2525\" or \"[::1]:2525\"",
            value -> value instanceof String text ? HostPort.parse(text) : Optional.empty());
    static final ConfigType<Network> NETWORK =
            explained("a range of addresses such as \"127.0.0.1/32\"", Network::parse);
    static final ConfigType<Boolean> TRUTH = new ConfigType<>(
            "true or false", value -> value instanceof Boolean truth ? Optional.of(truth) : Optional.empty());

    private ConfigTypes() {}

    static ConfigType<String> text(String expected, Predicate<String> good) {
        return new ConfigType<>(
                expected,
                value -> value instanceof String text && good.test(text) ? Optional.of(text) : Optional.empty());
    }

    static ConfigType<Integer> integer(int least, int most) {
        return new ConfigType<>("a whole number from " + least + " to " + most, value -> {
            boolean good = value instanceof Long number && number >= least && number <= most;
            return good ? Optional.of(((Long) value).intValue()) : Optional.empty();
        });
    }

    /** Any number of things, without a unit. */
    static ConfigType<Long> count() {
        return new ConfigType<>(
                "a whole number from 0",
                value -> value instanceof Long number && number >= 0 ? Optional.of(number) : Optional.empty());
    }

    /** A number of octets: {@code "50MiB"} or a plain number. */
    static ConfigType<Long> size(long least, long most) {
        return new ConfigType<>(
                "a size such as \"50MiB\" or a number of octets, from " + Quantities.sizeText(least) + " to "
                        + Quantities.sizeText(most),
                value -> switch (value) {
                    case Long octets -> Optional.of(octets).filter(within(least, most));
                    case String text -> Quantities.size(text).filter(within(least, most));
                    default -> Optional.empty();
                });
    }

    static ConfigType<Duration> duration(Duration least, Duration most) {
        return new ConfigType<>(
                "a duration such as \"30s\", \"5m\" or \"1h\", from " + Quantities.durationText(least) + " to "
                        + Quantities.durationText(most),
                value -> value instanceof String text
                        ? Quantities.duration(text).filter(within(least, most))
                        : Optional.empty());
    }

    private static <C extends Comparable<C>> Predicate<C> within(C least, C most) {
        return value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /** One of the constants of an enumeration, written in lower case with hyphens. */
    static <E extends Enum<E>> ConfigType<E> choice(Class<E> choices) {
        E[] constants = choices.getEnumConstants();
        String names = Arrays.stream(constants).map(ConfigTypes::choiceName).collect(Collectors.joining("\", \""));
        return new ConfigType<>(
                "one of \"" + names + "\"",
                value -> Arrays.stream(constants)
                        .filter(constant -> value.equals(choiceName(constant)))
                        .findFirst());
    }

    static String choiceName(Enum<?> constant) {
        return constant instanceof TlsProtocol protocol
                ? protocol.written()
                : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A list. */
    static <T> ConfigType<List<T>> list(ConfigType<T> element) {
        return new ConfigType<>(
                "a list, each " + element.expected(),
                value -> {
                    if (!(value instanceof List<?> elements)) {
                        return Optional.empty();
                    }
                    List<T> read = new ArrayList<>();
                    for (Object one : elements) {
                        Optional<T> good = element.read(one);
                        if (good.isEmpty()) {
                            return Optional.empty();
                        }
                        read.add(good.get());
                    }
                    return Optional.of(List.copyOf(read));
                },
                value -> value instanceof List<?> elements
                        ? elements.stream()
                                .map(element.fault())
                                .flatMap(Optional::stream)
                                .findFirst()
                        : Optional.empty());
    }

    /** A list with something in it. */
    static <T> ConfigType<List<T>> some(ConfigType<T> element) {
        ConfigType<List<T>> list = list(element);
        return new ConfigType<>(
                list.expected() + ", at least one", value -> list.read(value).filter(read -> !read.isEmpty()));
    }

    /** A list, or a text that stands for all that could be in it. */
    static ConfigType<List<String>> listOrAll(ConfigType<String> element, String all) {
        ConfigType<List<String>> list = list(element);
        return new ConfigType<>(
                list.expected(), value -> value.equals(all) ? Optional.of(List.of(all)) : list.read(value));
    }

    /** A type whose reader may also refuse with a reason of its own. */
    static <T> ConfigType<T> checked(String expected, Function<String, T> parser) {
        return new ConfigType<>(expected, value -> {
            if (!(value instanceof String text)) {
                return Optional.empty();
            }
            try {
                return Optional.of(parser.apply(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    /** A type whose reader tells what is wrong with a text that is nearly right. */
    static <T> ConfigType<T> explained(String expected, Function<String, T> parser) {
        return new ConfigType<>(expected, checked(expected, parser).reader(), value -> {
            if (!(value instanceof String text)) {
                return Optional.empty();
            }
            try {
                T unused = parser.apply(text);
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.ofNullable(e.getMessage()).filter(message -> !message.isEmpty());
            }
        });
    }
}
