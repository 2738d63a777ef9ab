package org.mailwright.smtp.distribution.config;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param file the file, as it was named
 * @param line the line, from 1; 0 when no single line is meant
 * @param key the key's full name, or what else is wrong there
 * @param text what was expected and what was found
 * @since 0.1.0
 */
public record ConfigProblem(String file, int line, String key, String text) {

    static ConfigProblem expected(String file, int line, String key, String expected, String found) {
        return new ConfigProblem(file, line, key, "expected " + expected + ", found " + found);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + key + ": " + text;
    }
}
