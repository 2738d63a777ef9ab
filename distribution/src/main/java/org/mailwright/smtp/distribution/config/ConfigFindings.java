package org.mailwright.smtp.distribution.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What is found wrong in a configuration file. */
final class ConfigFindings {
    private final ConfigFile file;
    private final List<ConfigProblem> problems = new ArrayList<>();

    ConfigFindings(ConfigFile file) {
        this.file = file;
    }

    void add(ConfigProblem problem) {
        problems.add(problem);
    }

    void complain() throws ConfigException {
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(ConfigProblem::line));
            throw new ConfigException(problems);
        }
    }

    <T> void different(List<ConfigValues> entries, ConfigKey<T> key, String what, Function<T, String> text) {
        Map<String, Integer> seen = new HashMap<>();
        for (ConfigValues entry : entries) {
            String value = text.apply(entry.get(key));
            Integer before = seen.putIfAbsent(value, entry.line(key));
            if (before != null) {
                expected(entry, key, "one that no other " + what + " has", "\"" + value + "\" as in line " + before);
            }
        }
    }

    void together(ConfigValues values, ConfigKey<?> given, ConfigKey<?> other) {
        if (values.find(given).isPresent() && values.find(other).isEmpty()) {
            expected(values, given, "\"" + other.name() + "\" beside it", "none");
        }
    }

    void readable(ConfigValues values, ConfigKey<String> key) {
        values.find(key).map(file::path).ifPresent(path -> {
            if (!isReadable(path)) {
                expected(values, key, "a file that can be read", path + why(path));
            }
        });
    }

    static boolean isReadable(Path path) {
        return Files.isReadable(path) && !Files.isDirectory(path);
    }

    private static String why(Path path) {
        return Files.isDirectory(path) ? ", a folder" : Files.exists(path) ? ", not readable" : ", which is not there";
    }

    void expected(ConfigValues values, ConfigKey<?> key, String expected, String found) {
        problems.add(ConfigProblem.expected(
                file.name(), values.line(key), values.table().fullName(key.name()), expected, found));
    }
}
