package org.mailwright.smtp.distribution.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Configurations of a test, each written into one folder and read from there. */
record ConfigText(Path folder) {
    private static final Set<String> INSTALLED = Set.of("SIZE", "STARTTLS", "AUTH");

    /** Makes files of one line beside the configuration. */
    ConfigText with(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(folder.resolve(name), "# secret\n");
        }
        return this;
    }

    ServerConfig read(String toml) throws ConfigException, IOException {
        return ServerConfig.read(write(toml), INSTALLED);
    }

    /** Holds the problems of a configuration against {@code LINE: KEY: TEXT}. */
    void assertProblems(String toml, String... expected) throws IOException {
        Path file = write(toml);
        ConfigException failure = assertThrows(ConfigException.class, () -> ServerConfig.read(file, INSTALLED));
        List<String> problems =
                Arrays.stream(expected).map(one -> file + ":" + one).toList();
        assertEquals(
                problems,
                failure.problems().stream().map(ConfigProblem::toString).toList());
    }

    private Path write(String toml) throws IOException {
        return Files.writeString(folder.resolve("mw.toml"), toml);
    }
}
