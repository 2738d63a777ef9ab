package org.mailwright.smtp.distribution.config;

import java.util.List;
import org.mailwright.smtp.gateway.pipe.PipeConfig;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/** A program and its arguments as a configuration writes them: {@code pipe:} and a list of texts. */
final class PipeCommand {
    /** What such a text begins with. */
    static final String PREFIX = "pipe:";

    /** How such a text looks. */
    static final String FORM = "pipe:[\\\"/PROGRAM\\\", \\\"{user}\\\"]";

    private static final String EXPECTED = "behind \"pipe:\" stands a list of texts in brackets";

    private PipeCommand() {}

    /**
     * Reads such a text.
     *
     * @throws IllegalArgumentException saying what is wrong: it is no list, the program is no absolute path, a
     *     placeholder is not known
     */
    static PipeConfig parse(String text) {
        // brackets around the list: what would be keys of their own behind it is a mistake there
        TomlParseResult toml = Toml.parse("command = [" + text.substring(PREFIX.length()) + "\n]");
        TomlArray outer = toml.hasErrors() ? null : toml.getArray("command");
        if (outer == null || toml.size() != 1 || outer.size() != 1 || !(outer.get(0) instanceof TomlArray list)) {
            throw new IllegalArgumentException(EXPECTED);
        }
        List<Object> words = list.toList();
        if (!words.stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return PipeConfig.of(words.stream().map(String.class::cast).toArray(String[]::new));
    }
}
