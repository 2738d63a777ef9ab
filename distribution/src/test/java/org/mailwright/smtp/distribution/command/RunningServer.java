package org.mailwright.smtp.distribution.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** {@code serve} in a thread of this process, until it is closed. */
final class RunningServer implements AutoCloseable {
    private final Thread thread;
    private final CompletableFuture<Integer> status;
    private final List<String> lines;

    private RunningServer(Thread thread, CompletableFuture<Integer> status, List<String> lines) {
        this.thread = thread;
        this.status = status;
        this.lines = lines;
    }

    /** Returns when it has said "ready". */
    static RunningServer start(Path folder, String config) throws IOException {
        PipedInputStream said = new PipedInputStream(1 << 16);
        PrintStream out = new PrintStream(new PipedOutputStream(said), true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                out,
                System.err,
                Map.of("MAILWRIGHT_COMMAND", "./mailwright"),
                folder,
                Optional.empty(),
                Optional.empty());
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().name("serve").start(() -> {
            try (out) {
                status.complete(new CommandLineTool(terminal).run("serve", "--config", config));
            }
        });
        List<String> lines = new ArrayList<>();
        BufferedReader reader = new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.equals("ready")) {
                return new RunningServer(thread, status, lines);
            }
        }
        throw new AssertionError("the server ended before it was ready: " + lines);
    }

    List<String> lines() {
        return lines;
    }

    /** The address of a listener. */
    String address(String listener) {
        return lines.stream()
                .filter(line -> line.startsWith("listening " + listener + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
    }

    /** Stops it in good order, and makes sure that it did. */
    @Override
    public void close() throws InterruptedException, ExecutionException {
        thread.interrupt();
        thread.join();
        if (status.get() != ExitStatus.OK) {
            throw new AssertionError("serve ended with status " + status.get());
        }
    }
}
