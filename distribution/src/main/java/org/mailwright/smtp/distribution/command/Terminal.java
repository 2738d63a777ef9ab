package org.mailwright.smtp.distribution.command;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that a command sees of the world around it.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment the variables
 * @param folder the working directory
 * @param home the folder of the installation; absent where there is none, as in tests
 * @param hiddenPrompt asks a person without showing what is typed; absent when no person is there
 * @since 0.1.0
 */
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path folder,
        Optional<Path> home,
        Optional<Function<String, char[]>> hiddenPrompt) {

    /** That of this process. */
    public static Terminal ofProcess() {
        // from JDK 22 to 24 there is a console even without a terminal, unless it is this one
        System.setProperty("jdk.console", "java.base");
        Console console = System.console();
        return new Terminal(
                System.in,
                System.out,
                System.err,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Optional.ofNullable(System.getProperty("mailwright.home")).map(Path::of),
                Optional.ofNullable(console).map(there -> prompt -> typed(there.readPassword("%s", prompt))));
    }

    /** What was typed; nothing where the terminal says that there is no more, which is no password either. */
    private static char[] typed(char @Nullable [] line) {
        return line == null ? new char[0] : line;
    }

    /** What a person types here to run this program; the scripts that start it say so. */
    String command() {
        return environment.getOrDefault("MAILWRIGHT_COMMAND", "mailwright");
    }

    /** A path of the command line. */
    Path path(String written) {
        return folder.resolve(written);
    }
}
