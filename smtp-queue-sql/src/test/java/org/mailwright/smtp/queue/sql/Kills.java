package org.mailwright.smtp.queue.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.QueueView;

/** Kills processes that fill a queue, again and again, and looks what is in it. */
final class Kills {

    private static final int KILLS = 5;
    /** A life ends only when so much was settled in it. */
    private static final int SETTLED = 10;

    private final String where;

    Kills(String where) {
        this.where = where;
    }

    void nothingAcknowledgedIsLost() throws Exception {
        Random random = new Random(42);
        Set<String> in = new HashSet<>();
        Set<String> tried = new HashSet<>();
        Set<String> out = new HashSet<>();
        for (int life = 0; life < KILLS; life++) {
            live(life, 500 + random.nextInt(1500), in, tried, out);
        }
        assertTrue(in.size() > KILLS * 300, in.size() + " acknowledged");
        assertTrue(out.size() >= KILLS * SETTLED, out.size() + " settled");
        try (MailQueue queue = KilledProcess.open(where)) {
            Set<String> there = new HashSet<>();
            for (QueueView.Entry entry : queue.view().list(QueueView.Selection.ALL, Integer.MAX_VALUE)) {
                String id = entry.delivery().message().id();
                assertTrue(there.add(id), id + " is there twice");
                int size = (int) entry.delivery().message().size();
                try (InputStream content =
                        queue.content(entry.delivery().message()).open()) {
                    assertTrue(
                            Arrays.equals(KilledProcess.content(id, size), content.readAllBytes()), id + " is whole");
                }
            }
            Set<String> lost = new HashSet<>(in);
            lost.removeAll(there);
            lost.removeAll(out);
            // settled, and killed before it could say so
            lost.removeAll(tried);
            assertEquals(Set.of(), lost, "acknowledged and lost");
            Set<String> again = new HashSet<>(out);
            again.retainAll(there);
            assertEquals(Set.of(), again, "settled and still there");
        }
    }

    /** Starts a process that fills a queue until it is killed. */
    static Process process(String where, int life) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProcess.class.getName(),
                        where,
                        Integer.toString(life))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void live(int life, int lines, Set<String> in, Set<String> tried, Set<String> out)
            throws IOException, InterruptedException {
        Process process = process(where, life);
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            int count = 0;
            int settled = 0;
            boolean killed = false;
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("in ")) {
                    in.add(line.substring(3));
                } else if (line.startsWith("try ")) {
                    tried.add(line.substring(4));
                } else if (line.startsWith("out ")) {
                    out.add(line.substring(4));
                    settled++;
                }
                if (++count >= lines && settled >= SETTLED && !killed) {
                    killed = true;
                    process.toHandle().destroyForcibly(); // leaves what it said to be read
                }
            }
            assertTrue(killed, "it ended by itself after " + count + " lines");
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }
}
