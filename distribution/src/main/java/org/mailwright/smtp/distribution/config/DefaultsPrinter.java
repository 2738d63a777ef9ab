package org.mailwright.smtp.distribution.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailwright.smtp.distribution.config.ConfigKey.Need;

/**
 * The text of a configuration file that says what holds without one: every key, its default, and one line of help.
 *
 * @since 0.1.0
 */
public final class DefaultsPrinter {
    private final StringBuilder text = new StringBuilder();

    private DefaultsPrinter() {}

    /**
     * The text, with LF line ends; a file of it changes nothing.
     *
     * @param installed the identifiers of the extensions whose tables are shown
     */
    public static String print(Set<String> installed) {
        DefaultsPrinter printer = new DefaultsPrinter();
        printer.comment("Every key of the configuration file with its default.");
        printer.comment("Keys behind a # have none; what stands there is an example.");
        ConfigKeys.TABLES.forEach(printer::table);
        ExtensionKeys.TABLES.stream()
                .filter(table -> installed.contains(table.path().substring(ExtensionKeys.PREFIX.length())))
                .forEach(printer::table);
        return printer.text.toString();
    }

    private void table(ConfigTable table) {
        if (!table.help().isEmpty()) {
            text.append('\n');
            comment(table.help());
        }
        if (!table.repeated()) {
            if (!table.path().isEmpty()) {
                text.append(table.head()).append('\n');
            } else {
                text.append('\n');
            }
            table.keys().forEach(key -> key(key, key.sample(), key.need() == Need.DEFAULT, true));
        } else if (table.defaults().isEmpty()) {
            text.append("# ").append(table.head()).append('\n');
            table.keys().forEach(key -> key(key, key.sample(), false, true));
        } else {
            entries(table, table.defaults());
        }
    }

    private void entries(ConfigTable table, List<Map<String, Object>> entries) {
        boolean first = true;
        for (Map<String, Object> entry : entries) {
            text.append(first ? "" : "\n").append(table.head()).append('\n');
            for (ConfigKey<?> key : table.keys()) {
                if (first || entry.containsKey(key.name())) {
                    key(key, entry.getOrDefault(key.name(), key.sample()), entry.containsKey(key.name()), true);
                }
            }
            first = false;
        }
    }

    private void key(ConfigKey<?> key, Object value, boolean given, boolean help) {
        if (help) {
            comment(key.help());
        }
        text.append(given ? "" : "# ")
                .append(key.name())
                .append(" = ")
                .append(TomlText.of(value))
                .append('\n');
    }

    private void comment(String line) {
        text.append("# ").append(line).append('\n');
    }
}
