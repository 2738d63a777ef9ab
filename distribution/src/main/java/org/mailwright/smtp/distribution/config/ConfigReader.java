package org.mailwright.smtp.distribution.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailwright.smtp.distribution.config.ConfigKey.Need;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Walks through a file, table by table, and finds what is not as {@link ConfigKeys} says. */
final class ConfigReader {
    private static final String EXTENSION = "extension";

    private final String file;
    private final Set<String> installed;
    private final List<ConfigProblem> problems;
    private final Map<String, List<ConfigValues>> tables = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> foreign = new LinkedHashMap<>();
    private final Map<String, Integer> foreignLines = new HashMap<>();

    private ConfigReader(String file, Set<String> installed, List<ConfigProblem> problems) {
        this.file = file;
        this.installed = installed;
        this.problems = problems;
    }

    /** Reads what can be read; what cannot is added to the problems, in the order of the file. */
    static ConfigFile read(Path path, Set<String> installed, List<ConfigProblem> problems) {
        ConfigReader reader = new ConfigReader(path.toString(), installed, problems);
        try {
            TomlParseResult toml = Toml.parse(Files.readString(path));
            toml.errors()
                    .forEach(error -> reader.problem(error.position(), "syntax", String.valueOf(error.getMessage())));
            if (!toml.hasErrors()) {
                reader.readTable(toml, ConfigKeys.TOP, 1);
            }
        } catch (NoSuchFileException e) {
            problems.add(new ConfigProblem(path.toString(), 0, "file", "expected a configuration file, found none"));
        } catch (CharacterCodingException e) {
            problems.add(new ConfigProblem(path.toString(), 0, "file", "expected UTF-8 text, found other octets"));
        } catch (IOException e) {
            problems.add(new ConfigProblem(path.toString(), 0, "file", "cannot be read: " + e.getMessage()));
        }
        problems.sort(Comparator.comparingInt(ConfigProblem::line));
        Path parent = path.toAbsolutePath().getParent();
        return new ConfigFile(
                path.toString(), parent == null ? path : parent, reader.tables, reader.foreign, reader.foreignLines);
    }

    private void readTable(TomlTable toml, ConfigTable table, int line) {
        Map<String, Object> values = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        for (String name : toml.keySet()) {
            Object value = value(toml, name);
            TomlPosition at = position(toml, name);
            Optional<ConfigKey<?>> key = table.key(name);
            if (key.isPresent()) {
                if (key.get().type().read(plain(value)).isPresent()) {
                    values.put(name, plain(value));
                    lines.put(name, at.line());
                } else {
                    ConfigType<?> type = key.get().type();
                    String fault = type.fault()
                            .apply(plain(value))
                            .map(more -> "; " + more)
                            .orElse("");
                    expected(at, table.fullName(name), type.expected(), found(value) + fault);
                }
            } else if (table.fullName(name).equals(EXTENSION)) {
                readExtensions(value, at);
            } else {
                readChild(table, name, value, at);
            }
        }
        for (ConfigKey<?> key : table.keys()) {
            if (key.need() == Need.REQUIRED && !toml.contains(List.of(key.name()))) {
                problems.add(ConfigProblem.expected(
                        file, line, table.fullName(key.name()), key.type().expected(), "nothing"));
            }
        }
        tables.computeIfAbsent(table.path(), path -> new ArrayList<>())
                .add(new ConfigValues(table, line, values, lines));
    }

    /** A name that is no key: a table below this one, or a mistake. */
    private void readChild(ConfigTable parent, String name, Object value, TomlPosition at) {
        Optional<ConfigTable> child = ConfigKeys.find(parent.fullName(name));
        if (child.isEmpty()) {
            unknown(parent, name, at);
        } else if (!child.get().repeated() && value instanceof TomlTable toml) {
            readTable(toml, child.get(), at.line());
        } else if (child.get().repeated() && value instanceof TomlArray array && ofTables(array)) {
            for (int i = 0; i < array.size(); i++) {
                readTable(
                        array.getTable(i), child.get(), array.inputPositionOf(i).line());
            }
        } else {
            expected(at, child.get().path(), "a table " + child.get().head(), found(value));
        }
    }

    private void readExtensions(Object value, TomlPosition at) {
        if (!(value instanceof TomlTable extensions)) {
            expected(at, EXTENSION, "tables such as [extension.SIZE]", found(value));
            return;
        }
        for (String id : extensions.keySet()) {
            Object table = value(extensions, id);
            TomlPosition line = position(extensions, id);
            Optional<ConfigTable> known = ConfigKeys.find(EXTENSION + "." + id);
            if (!(table instanceof TomlTable toml)) {
                expected(line, EXTENSION + "." + id, "a table [extension." + id + "]", found(table));
            } else if (known.isPresent()) {
                readTable(toml, known.get(), line.line());
            } else if (installed.contains(id)) {
                foreign.put(id, plainTable(toml));
                foreignLines.put(EXTENSION + "." + id, line.line());
                noteLines(EXTENSION + "." + id, toml);
            } else {
                unknownExtension(id, line);
            }
        }
    }

    /** Keeps where the keys of a table stand whose meaning only its extension knows. */
    private void noteLines(String path, TomlTable table) {
        for (String name : table.keySet()) {
            String key = path + "." + name;
            foreignLines.put(key, position(table, name).line());
            if (value(table, name) instanceof TomlTable below) {
                noteLines(key, below);
            }
        }
    }

    private void unknown(ConfigTable table, String name, TomlPosition at) {
        List<String> here = Stream.concat(
                        table.keys().stream().map(ConfigKey::name),
                        ConfigKeys.TABLES.stream()
                                .map(ConfigTable::path)
                                .filter(path -> table.path().isEmpty()))
                .filter(known -> !known.isEmpty())
                .toList();
        String hint = Suggestions.nearest(name, here)
                .map(near -> "; did you mean \"" + near + "\"?")
                .or(() -> ConfigKeys.TABLES.stream()
                        .filter(other -> other.key(name).isPresent())
                        .findFirst()
                        .map(other -> "; \"" + name + "\" belongs in " + other.head()))
                .orElse("");
        expected(at, table.fullName(name), "a key of " + table.head(), "\"" + name + "\"" + hint);
    }

    private void unknownExtension(String id, TomlPosition at) {
        Set<String> known = new TreeSet<>(installed);
        String hint = Suggestions.nearest(id, known)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
        expected(
                at,
                EXTENSION + "." + id,
                "an extension that is installed (" + String.join(", ", known) + ")",
                "\"" + id + "\"" + hint);
    }

    private void expected(TomlPosition at, String key, String expected, String found) {
        problems.add(ConfigProblem.expected(file, at.line(), key, expected, found));
    }

    private void problem(TomlPosition at, String key, String text) {
        problems.add(new ConfigProblem(file, at.line(), key, text));
    }

    private static Object value(TomlTable table, String name) {
        Object value = table.get(List.of(name));
        if (value == null) {
            throw new IllegalStateException(name + " is a key without a value");
        }
        return value;
    }

    private static TomlPosition position(TomlTable table, String name) {
        TomlPosition position = table.inputPositionOf(List.of(name));
        return position == null ? TomlPosition.positionAt(1, 1) : position;
    }

    private static boolean ofTables(TomlArray array) {
        return !array.isEmpty() && array.toList().stream().allMatch(TomlTable.class::isInstance);
    }

    private static String found(Object value) {
        return switch (value) {
            case TomlTable table -> "a table";
            case TomlArray array when ofTables(array) -> "an array of tables";
            default -> TomlText.of(plain(value));
        };
    }

    /** Lists and maps of the Java platform for those of the parser. */
    private static Object plain(Object value) {
        return switch (value) {
            case TomlTable table -> plainTable(table);
            case TomlArray array ->
                array.toList().stream().map(ConfigReader::plain).toList();
            default -> value;
        };
    }

    private static Map<String, Object> plainTable(TomlTable table) {
        return table.keySet().stream()
                .collect(Collectors.toMap(
                        name -> name, name -> plain(value(table, name)), (a, b) -> b, LinkedHashMap::new));
    }
}
