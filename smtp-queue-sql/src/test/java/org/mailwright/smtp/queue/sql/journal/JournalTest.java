package org.mailwright.smtp.queue.sql.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final JournalConfig SMALL = new JournalConfig(64 << 10, 4096, 1, 1 << 20, 1 << 20);

    @TempDir
    private Path folder;

    private final List<Journal.Appended<String>> told = Collections.synchronizedList(new ArrayList<>());

    private Journal<String> open(Path where) throws IOException {
        return Journal.open(where, SMALL, told::addAll);
    }

    private static JournalPosition append(Journal<String> journal, String text) throws IOException {
        ByteBuffer octets = StandardCharsets.UTF_8.encode(text);
        ByteBuffer first = octets.slice(0, octets.limit() / 2);
        ByteBuffer second = octets.slice(octets.limit() / 2, octets.limit() - octets.limit() / 2);
        return journal.append(List.of(first, second), text);
    }

    private static List<String> replay(Journal<String> journal, JournalPosition from) throws IOException {
        List<String> texts = new ArrayList<>();
        journal.replay(from, (position, end, payload) -> {
            texts.add(new String(payload, StandardCharsets.UTF_8));
            assertArrayEquals(payload, journal.readEnd(position, payload.length));
        });
        return texts;
    }

    @Test
    void whatWasAppendedIsReadAndReplayed() throws IOException {
        try (Journal<String> journal = open(folder)) {
            JournalPosition one = append(journal, "one");
            JournalPosition two = append(journal, "two");
            assertTrue(one.compareTo(two) < 0, one + " " + two);
            assertArrayEquals("one".getBytes(StandardCharsets.UTF_8), journal.readEnd(one, 3));
            assertArrayEquals("ne".getBytes(StandardCharsets.UTF_8), journal.readEnd(one, 2));
            assertThrows(IOException.class, () -> journal.readEnd(one, 4));
            append(journal, "");
        }
        assertEquals(
                List.of("one", "two", ""),
                told.stream().map(Journal.Appended::attachment).toList());
        try (Journal<String> journal = open(folder)) {
            append(journal, "later");
            assertEquals(List.of("one", "two", ""), replay(journal, JournalPosition.START));
            assertEquals(List.of("two", ""), replay(journal, told.get(0).end()));
        }
    }

    @Test
    void recordsLargerThanBufferAndSegmentAreWhole() throws IOException {
        String large = "x".repeat(3 << 20);
        try (Journal<String> journal = open(folder)) {
            append(journal, "before");
            JournalPosition where = append(journal, large);
            append(journal, "after");
            assertEquals(large, new String(journal.readEnd(where, large.length()), StandardCharsets.UTF_8));
        }
        try (Journal<String> journal = open(folder)) {
            assertEquals(List.of("before", large, "after"), replay(journal, JournalPosition.START));
        }
    }

    @Test
    void theEndOfARecordIsReadWhereverItIs() throws IOException {
        String before = "a".repeat(2000); // more than is read at once in front of what is asked for
        String content = "b".repeat(300);
        JournalPosition first;
        JournalPosition last;
        try (Journal<String> journal = open(folder)) {
            first = append(journal, before + content);
            assertEquals(content, new String(journal.readEnd(first, 300), StandardCharsets.UTF_8));
            append(journal, "y".repeat(70_000)); // more than a buffer, and behind it a new file
            last = append(journal, "c" + content);
        }
        try (Journal<String> journal = open(folder)) { // nothing of it is in memory
            assertEquals(content, new String(journal.readEnd(first, 300), StandardCharsets.UTF_8));
            assertEquals(content, new String(journal.readEnd(last, 300), StandardCharsets.UTF_8));
            assertEquals(0, journal.readEnd(last, 0).length);
            byte[] large = journal.readEnd(told.get(1).position(), 69_999);
            assertEquals("y".repeat(69_999), new String(large, StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatIsForcedIsReadFromTheFileAtOnce() throws Exception {
        Blocks blocks = Blocks.of(folder);
        JournalConfig config = new JournalConfig(8 << 20, 64 << 10, 1, 1 << 20, 1 << 20);
        Pieces pieces = new Pieces(blocks, config.segmentSize(), config.cached());
        try (Journal<String> journal = Journal.open(folder, config, told::addAll)) {
            JournalPosition position = append(journal, "first");
            try (Segment segment =
                    Segment.open(position.segment(), files(".journal").getFirst(), blocks)) {
                for (int i = 0; i < 1000; i++) {
                    String text = i + "z".repeat(i % 700);
                    position = append(journal, text);
                    byte[] found = segment.read(position.offset()).orElseThrow();
                    assertEquals(text, new String(found, StandardCharsets.UTF_8), "through the page cache");
                    if (segment.readsBlocks()) {
                        ByteBuffer piece = ByteBuffer.allocate(found.length);
                        pieces.forget(segment, position.offset(), found.length + RecordHead.SIZE);
                        pieces.fill(segment, piece, position.offset() + RecordHead.SIZE);
                        assertArrayEquals(found, piece.array(), "past it");
                    }
                }
            }
        }
    }

    @Test
    void aTornTailIsNotFoundAndNothingBeforeItIsLost() throws IOException {
        try (Journal<String> journal = open(folder)) {
            append(journal, "first record");
            append(journal, "second record");
        }
        Path file = files(".journal").getFirst();
        byte[] whole = Files.readAllBytes(file);
        int first = (int) told.get(0).end().offset();
        int second = (int) told.get(1).end().offset();
        for (int length = 0; length <= second; length++) {
            byte[] torn = new byte[whole.length];
            System.arraycopy(whole, 0, torn, 0, length);
            Path copy = folder.resolve("torn" + length);
            Files.createDirectories(copy);
            Files.write(copy.resolve(file.getFileName()), torn);
            try (Journal<String> journal = open(copy)) {
                List<String> expected = length < first
                        ? List.of()
                        : length < second ? List.of("first record") : List.of("first record", "second record");
                assertEquals(expected, replay(journal, JournalPosition.START), "length " + length);
            }
        }
    }

    @Test
    void aDamagedRecordIsRefused() throws IOException {
        JournalPosition where;
        try (Journal<String> journal = open(folder)) {
            where = append(journal, "to be damaged");
        }
        Path file = files(".journal").getFirst();
        byte[] octets = Files.readAllBytes(file);
        octets[RecordHead.SIZE + 3] ^= 1;
        Files.write(file, octets);
        try (Journal<String> journal = open(folder)) {
            IOException e = assertThrows(IOException.class, () -> journal.readEnd(where, 5));
            assertTrue(e.toString().contains(where.toString()), e.toString());
        }
    }

    @Test
    void aSegmentThatIsUsedAgainShowsNothingOfItsFormerLife() throws IOException {
        String text = "y".repeat(20_000);
        try (Journal<String> journal = open(folder)) {
            for (int i = 0; i < 7; i++) {
                append(journal, text + i);
            }
            List<Long> complete = journal.complete();
            assertEquals(List.of(1L, 2L), complete);
            journal.remove(complete.get(0));
            assertEquals(1, files(".spare").size());
            JournalPosition gone = new JournalPosition(1, 0);
            assertThrows(IOException.class, () -> journal.readEnd(gone, 1));
            for (int i = 7; i < 10; i++) {
                append(journal, text + i);
            }
            assertEquals(0, files(".spare").size());
        }
        try (Journal<String> journal = open(folder)) {
            assertEquals(
                    List.of(text + 3, text + 4, text + 5, text + 6, text + 7, text + 8, text + 9),
                    replay(journal, JournalPosition.START));
        }
    }

    @Test
    void manyAppendAtTheSameTime() throws Exception {
        int threads = 50;
        int each = 40;
        try (Journal<String> journal = open(folder)) {
            List<Thread> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                running.add(Thread.startVirtualThread(() -> {
                    Random random = new Random(thread);
                    for (int i = 0; i < each; i++) {
                        String text = thread + "/" + i + "z".repeat(random.nextInt(3000));
                        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
                        try {
                            assertArrayEquals(octets, journal.readEnd(append(journal, text), octets.length));
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    }
                }));
            }
            for (Thread thread : running) {
                thread.join();
            }
        }
        assertEquals(threads * each, told.size());
        for (int i = 1; i < told.size(); i++) {
            assertTrue(told.get(i - 1).position().compareTo(told.get(i).position()) < 0, "in order");
        }
        try (Journal<String> journal = open(folder)) {
            assertEquals(
                    told.stream().map(Journal.Appended::attachment).toList(), replay(journal, JournalPosition.START));
        }
    }

    @Test
    void whatCannotBeWrittenFailsAndTheNextIsTaken() throws IOException {
        Path place = folder.resolve("journal");
        try (Journal<String> journal = open(place)) {
            Files.delete(place);
            assertThrows(IOException.class, () -> append(journal, "lost"));
            Files.createDirectories(place);
            append(journal, "kept");
        }
        assertEquals(
                List.of("kept"), told.stream().map(Journal.Appended::attachment).toList());
        try (Journal<String> journal = open(place)) {
            assertEquals(List.of("kept"), replay(journal, JournalPosition.START));
        }
    }

    @Test
    void whatFailsInTheMiddleOfARecordDoesNotMoveTheNextOnes() throws IOException {
        try (Journal<String> journal = open(folder)) {
            append(journal, "one");
            assertThrows(IOException.class, () -> journal.append(new FailsWhenWritten(), "lost"));
            JournalPosition two = append(journal, "two");
            assertEquals("two", new String(journal.readEnd(two, 3), StandardCharsets.UTF_8));
            append(journal, "three");
        }
        try (Journal<String> journal = open(folder)) {
            assertEquals(List.of("one", "two", "three"), replay(journal, JournalPosition.START));
        }
    }

    /** A payload whose second part is there for the checksum, and is not when it is written. */
    private static final class FailsWhenWritten extends AbstractList<ByteBuffer> {

        private int asked;

        @Override
        public ByteBuffer get(int index) {
            if (index == 1 && asked++ > 0) {
                throw new StackOverflowError("some error");
            }
            return ByteBuffer.allocate(100);
        }

        @Override
        public int size() {
            return 2;
        }
    }

    @Test
    void aClosedJournalTakesNothing() throws IOException {
        Journal<String> journal = open(folder);
        journal.close();
        assertThrows(IOException.class, () -> append(journal, "late"));
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
