package org.mailwright.smtp.gateway.pipe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.mailwright.smtp.gateway.pipe.MailInput.Written;

/** One run of a program. */
final class PipeProcess {
    /** How long the threads at its streams may take once it has ended: they have nothing to wait for. */
    private static final Duration STREAMS = Duration.ofSeconds(2);

    private static final int KILL_ROUNDS = 8;

    private final Process process;
    private final KeptOutput output;

    /** How a run ended. */
    sealed interface End {
        /** By itself. */
        record Exited(int status, String said) implements End {}

        /** It was killed, for it took too long. */
        record TimedOut(boolean readAll) implements End {}

        /** It was killed, for it could not be given the whole mail. */
        record CutOff(Written why) implements End {}
    }

    private PipeProcess(Process process, KeptOutput output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts it.
     *
     * @throws IOException when it cannot be started
     */
    static PipeProcess start(PipeConfig config, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        config.directory().ifPresent(folder -> builder.directory(folder.toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(config.inherited());
        environment.putAll(config.environment());
        return new PipeProcess(builder.start(), new KeptOutput(config.output()));
    }

    /**
     * Gives it the mail and waits for its end, which comes in any case.
     *
     * @throws InterruptedException when the server stops; it was killed
     */
    End run(MailInput mail, Duration timeout) throws InterruptedException {
        CompletableFuture<Written> written = new CompletableFuture<>();
        CompletableFuture<Boolean> read = new CompletableFuture<>();
        Thread.ofVirtual().name("pipe output").start(() -> {
            output.readAll(process.getInputStream());
            read.complete(true);
        });
        Thread.ofVirtual().name("pipe input").start(() -> write(mail, written));
        try {
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                kill();
                return new End.TimedOut(written.getNow(Written.LEFT) == Written.WHOLE);
            }
            Written far = await(written, Written.LEFT);
            if (far == Written.UNREADABLE || far == Written.NOT_OURS) {
                return new End.CutOff(far);
            }
            await(read, false);
            return new End.Exited(process.exitValue(), output.firstLine());
        } finally {
            kill();
        }
    }

    private void write(MailInput mail, CompletableFuture<Written> written) {
        Written far = Written.UNREADABLE;
        try {
            far = mail.writeTo(process.getOutputStream());
        } finally {
            written.complete(far); // before the kill: whoever waits for the process sees why
            if (far == Written.UNREADABLE || far == Written.NOT_OURS) {
                kill();
            }
        }
    }

    private static <T> T await(CompletableFuture<T> thread, T late) throws InterruptedException {
        try {
            return thread.get(STREAMS.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException kept) {
            return late; // a process that it left behind keeps the stream open
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed exceptionally", e);
        }
    }

    /** Ends it and what it started, as far as the system still knows who started whom. Does nothing after its end. */
    private void kill() {
        for (int round = 0; round < KILL_ROUNDS && process.isAlive(); round++) {
            // the parents first, so that they start no others while their children are ended
            List<ProcessHandle> tree = new ArrayList<>();
            Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(tree::add);
            tree.forEach(ProcessHandle::destroyForcibly);
            tree.stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
        }
    }
}
