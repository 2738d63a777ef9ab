package org.mailwright.smtp.queue.sql.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a replay finds when octets on the medium are not those that were written. */
class JournalDamageTest {

    private static final JournalConfig SMALL = new JournalConfig(64 << 10, 4096, 1, 1 << 20, 1 << 20);

    @TempDir
    private Path folder;

    private final List<Journal.Appended<String>> told = Collections.synchronizedList(new ArrayList<>());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Journal.class);
    }

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger().detachAppender(log);
    }

    private List<String> errors() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private Journal<String> open() throws IOException {
        return Journal.open(folder, SMALL, told::addAll);
    }

    private static void append(Journal<String> journal, String text) throws IOException {
        journal.append(List.of(StandardCharsets.UTF_8.encode(text)), text);
    }

    private static List<String> replay(Journal<String> journal, JournalPosition from) throws IOException {
        List<String> texts = new ArrayList<>();
        journal.replay(from, (position, end, payload) -> texts.add(new String(payload, StandardCharsets.UTF_8)));
        return texts;
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    /** Appends records of about 1000 octets and changes one octet of the file behind the beginning of one of them. */
    private void damage(int count, int which, int behind) throws IOException {
        try (Journal<String> journal = open()) {
            for (int i = 0; i < count; i++) {
                append(journal, i + "/" + "w".repeat(1000));
            }
        }
        flip(files(".journal").getFirst(), told.get(which).position().offset() + behind);
    }

    private static void flip(Path file, long at) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        octets[(int) at] ^= 1;
        Files.write(file, octets);
    }

    private List<String> allBut(Integer... gone) {
        List<String> left =
                new ArrayList<>(told.stream().map(Journal.Appended::attachment).toList());
        Stream.of(gone).sorted(Comparator.reverseOrder()).forEach(index -> left.remove(index.intValue()));
        return left;
    }

    @Test
    void whatFollowsADamagedPayloadIsReplayed() throws IOException {
        damage(10, 4, RecordHead.SIZE + 100);
        try (Journal<String> journal = open()) {
            assertEquals(allBut(4), replay(journal, JournalPosition.START));
            JournalPosition at = told.get(4).position();
            long octets = told.get(4).end().offset() - at.offset();
            String said = String.join("\n", errors());
            assertTrue(
                    said.contains("segment 1 ") && said.contains("offset " + at.offset() + ": " + octets + " octets"),
                    said);
            assertEquals(1, errors().size());
        }
    }

    @Test
    void whatFollowsADamagedHeadIsReplayed() throws IOException {
        damage(6, 2, 0);
        Path file = files(".journal").getFirst();
        flip(file, told.get(2).position().offset());
        for (int octet = 0; octet < RecordHead.SIZE; octet++) {
            flip(file, told.get(2).position().offset() + octet);
            try (Journal<String> journal = open()) {
                assertEquals(allBut(2), replay(journal, JournalPosition.START), "octet " + octet);
            }
            flip(file, told.get(2).position().offset() + octet);
        }
        try (Journal<String> journal = open()) {
            assertEquals(allBut(), replay(journal, JournalPosition.START));
        }
    }

    @Test
    void whatFollowsSeveralDamagedRecordsIsReplayed() throws IOException {
        damage(12, 3, 0);
        Path file = files(".journal").getFirst();
        flip(file, told.get(4).position().offset() + RecordHead.SIZE + 5);
        flip(file, told.get(7).position().offset() + 5);
        try (Journal<String> journal = open()) {
            assertEquals(allBut(3, 4, 7), replay(journal, JournalPosition.START));
            assertEquals(List.of(), replay(journal, told.getLast().end()));
        }
    }

    @Test
    void aDamagedLastRecordIsAnEndOfWhichNothingIsSaid() throws IOException {
        damage(5, 4, RecordHead.SIZE + 1);
        try (Journal<String> journal = open()) {
            assertEquals(allBut(4), replay(journal, JournalPosition.START));
            assertEquals(List.of(), errors());
        }
        assertEquals(List.of(), files(".damaged"));
    }

    @Test
    void whatIsLeftOfAFormerLifeIsNotFoundBehindTheLastRecord() throws IOException {
        damage(80, 0, 0); // more than one segment
        flip(files(".journal").getFirst(), 0);
        try (Journal<String> journal = open()) {
            journal.remove(1);
            append(journal, "short");
            assertEquals(0, files(".spare").size());
        }
        try (Journal<String> journal = open()) {
            List<String> found = replay(journal, JournalPosition.START);
            assertEquals("short", found.getLast());
            List<String> second = told.stream()
                    .filter(each -> each.position().segment() > 1)
                    .map(Journal.Appended::attachment)
                    .toList();
            assertEquals(second, found);
            assertEquals(List.of(), errors());
        }
    }

    @Test
    void aDamagedSegmentIsKeptWhenItIsRemovedALifeLater() throws IOException {
        damage(5, 1, RecordHead.SIZE + 1);
        byte[] octets = Files.readAllBytes(files(".journal").getFirst());
        try (Journal<String> journal = open()) {
            replay(journal, JournalPosition.START);
        }
        try (Journal<String> journal = open()) {
            assertEquals(List.of(), replay(journal, told.getLast().end()));
            journal.remove(1);
            append(journal, "into a file of its own");
            assertEquals(List.of(), files(".spare"));
            assertEquals(1, files(".journal").size());
            assertArrayEquals(octets, Files.readAllBytes(files(".damaged").getFirst()));
        }
    }

    @Test
    void whereNoSecondNameCanBeHadTheFileTakesItWhenItIsRemoved() throws IOException {
        damage(5, 1, RecordHead.SIZE + 1);
        Path file = files(".journal").getFirst();
        byte[] octets = Files.readAllBytes(file);
        Path mark = Files.createFile(Path.of(file.toString().replace(".journal", ".damaged")));
        try (Journal<String> journal = open()) {
            assertEquals(allBut(1), replay(journal, JournalPosition.START));
            journal.remove(1);
            assertArrayEquals(octets, Files.readAllBytes(mark));
            assertEquals(List.of(), files(".spare"));
        }
    }

    @Test
    void aLargeFileIsLookedThroughQuickly() throws IOException {
        JournalConfig config = new JournalConfig(32 << 20, 32 << 20, 1, 1 << 20, 1 << 20);
        String marks = "MWJ1".repeat(7 << 20);
        try (Journal<String> journal = Journal.open(folder, config, told::addAll)) {
            append(journal, marks);
            append(journal, "behind");
        }
        flip(files(".journal").getFirst(), 9);
        long began = System.nanoTime();
        try (Journal<String> journal = Journal.open(folder, config, told::addAll)) {
            assertEquals(List.of("behind"), replay(journal, JournalPosition.START));
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertTrue(millis < 10_000, millis + " ms");
    }
}
