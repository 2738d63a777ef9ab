package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.mailwright.smtp.queue.MailQueue;

/**
 * Prints how many mails of 10 KiB a second a queue takes, each committed by one of N threads: WHERE THREADS MAILS,
 * where is a folder, or {@code postgres} for a server of its own.
 */
final class CommitRate {

    private static final int ROUNDS = 3;

    private CommitRate() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("postgres")) {
            try (PostgresServer server = PostgresServer.start(true)) {
                measure(server.url(server.create()), arguments);
            }
        } else {
            measure(arguments[0], arguments);
        }
    }

    private static void measure(String where, String... arguments) throws IOException, InterruptedException {
        int count = Integer.parseInt(arguments[1]);
        int mails = Integer.parseInt(arguments[2]);
        try (MailQueue queue = KilledProcess.open(where)) {
            for (int round = 0; round < ROUNDS; round++) {
                String name = "R" + System.nanoTime() + "N";
                AtomicInteger next = new AtomicInteger();
                long start = System.nanoTime();
                List<Thread> threads = new ArrayList<>();
                for (int t = 0; t < count; t++) {
                    threads.add(Thread.startVirtualThread(() -> {
                        for (int i = next.getAndIncrement(); i < mails; i = next.getAndIncrement()) {
                            try {
                                KilledProcess.commit(queue, name + i, 10_240);
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        }
                    }));
                }
                for (Thread thread : threads) {
                    thread.join();
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf("%d threads: %.0f mails/s%n", count, mails / seconds);
            }
        }
    }
}
