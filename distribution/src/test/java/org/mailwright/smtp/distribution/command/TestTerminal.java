package org.mailwright.smtp.distribution.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Runs commands in this process, in a folder of their own. */
final class TestTerminal {
    private final Path folder;
    private final Deque<String> typed = new ArrayDeque<>();

    TestTerminal(Path folder, String... typed) {
        this.folder = folder;
        this.typed.addAll(List.of(typed));
    }

    Run run(String in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Function<String, char[]> prompt = question -> typed.removeFirst().toCharArray();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                folder,
                Optional.of(folder.resolve("home")),
                typed.isEmpty() ? Optional.empty() : Optional.of(prompt));
        int status = new CommandLineTool(terminal).run(arguments);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
