package org.mailwright.smtp.distribution.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailwright.smtp.mailbox.PathTemplate;

/**
 * A configuration file that was read and checked key by key, and the folder that its relative paths begin at.
 *
 * @since 0.1.0
 */
public final class ConfigFile {
    private static final String DATA = "{data}";

    private final String name;
    private final Path folder;
    private final Map<String, List<ConfigValues>> tables;
    private final Map<String, Map<String, Object>> foreign;
    private final Map<String, Integer> foreignLines;

    ConfigFile(
            String name,
            Path folder,
            Map<String, List<ConfigValues>> tables,
            Map<String, Map<String, Object>> foreign,
            Map<String, Integer> foreignLines) {
        this.name = name;
        this.folder = folder;
        this.tables = tables;
        this.foreign = foreign;
        this.foreignLines = foreignLines;
    }

    /** What holds when there is no file: every key has its default. */
    static ConfigFile none(Path folder) {
        return new ConfigFile("(no file)", folder, new HashMap<>(), Map.of(), Map.of());
    }

    /**
     * Reads and checks a file.
     *
     * @param file the file
     * @param installed the identifiers of the extensions that are installed, which may have tables of their own
     * @throws ConfigException with all that is wrong in it
     */
    static ConfigFile read(Path file, Set<String> installed) throws ConfigException {
        List<ConfigProblem> problems = new ArrayList<>();
        ConfigFile read = ConfigReader.read(file, installed, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return read;
    }

    String name() {
        return name;
    }

    /** A table that is there once, or that has its defaults. */
    ConfigValues table(ConfigTable table) {
        List<ConfigValues> entries = tables.getOrDefault(table.path(), List.of());
        return entries.isEmpty() ? ConfigValues.absent(table, Map.of()) : entries.getFirst();
    }

    /** The entries of a table that is there any number of times. */
    List<ConfigValues> entries(ConfigTable table) {
        List<ConfigValues> entries = tables.getOrDefault(table.path(), List.of());
        return entries.isEmpty()
                ? table.defaults().stream()
                        .map(values -> ConfigValues.absent(table, values))
                        .toList()
                : entries;
    }

    /** The tables of extensions that the server does not know, by identifier. */
    Map<String, Map<String, Object>> foreign() {
        return foreign;
    }

    /** The lines of those tables and of their keys, by full name. */
    Map<String, Integer> foreignLines() {
        return foreignLines;
    }

    /** A path of the file as an absolute one. */
    Path path(String written) {
        Path base = written.startsWith(DATA) ? dataFolder() : folder;
        return base.resolve(belowData(written)).toAbsolutePath().normalize();
    }

    /** A template of the file. */
    PathTemplate template(String written) {
        return template(dataFolder(), folder, written);
    }

    /**
     * A template that begins at the one folder or the other.
     *
     * @throws IllegalArgumentException when it is none
     */
    static PathTemplate template(Path data, Path folder, String written) {
        return new PathTemplate(written.startsWith(DATA) ? data : folder, belowData(written));
    }

    private Path dataFolder() {
        return folder.resolve(table(ConfigKeys.TOP).get(ConfigKeys.DATA));
    }

    /** What is left of a path when the place holder of the data folder is taken off. */
    private static String belowData(String written) {
        return written.startsWith(DATA) ? written.substring(DATA.length()).replaceFirst("^/+", "") : written;
    }
}
