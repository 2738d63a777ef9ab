package org.mailwright.smtp.queue.sql.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentTest {

    private static final int SIZE = 1 << 20;
    private static final Blocks BUFFERED = new Blocks(4096, Optional.empty());

    @TempDir
    private Path folder;

    private final Random random = new Random(7);
    private long offset;

    private JournalPosition append(Recent recent, Segment segment, byte[] payload) throws IOException {
        JournalPosition position = new JournalPosition(segment.number(), offset);
        int checksum = RecordHead.checksum(ByteBuffer.wrap(payload));
        recent.put(new RecordHead(payload.length, checksum).octets(segment.number(), offset), segment);
        recent.put(ByteBuffer.wrap(payload), segment);
        offset += RecordHead.SIZE + payload.length;
        return position;
    }

    private byte[] some(int octets) {
        byte[] payload = new byte[octets];
        random.nextBytes(payload);
        return payload;
    }

    private Segment begin(Recent recent, long number, Blocks blocks) throws IOException {
        Segment segment = Segment.create(number, folder.resolve(number + ".journal"), blocks);
        recent.begin(number);
        offset = 0;
        return segment;
    }

    @Test
    void whatIsAppendedIsFoundUntilItIsReplaced() throws IOException {
        Recent recent = new Recent(BUFFERED, SIZE);
        try (Segment segment = begin(recent, 1, BUFFERED)) {
            byte[] payload = some(300_000);
            JournalPosition first = append(recent, segment, payload);
            recent.flush(segment);
            assertArrayEquals(payload, recent.readEnd(first, payload.length).orElseThrow());
            assertArrayEquals(
                    Arrays.copyOfRange(payload, 299_990, 300_000),
                    recent.readEnd(first, 10).orElseThrow());
            assertEquals(0, recent.readEnd(first, 0).orElseThrow().length);
            assertTrue(recent.readEnd(first, payload.length + 1).isEmpty(), "it is shorter");
            assertTrue(recent.readEnd(new JournalPosition(1, 5), 10).isEmpty(), "there is no head");
            assertTrue(recent.readEnd(new JournalPosition(2, 0), 10).isEmpty(), "there is no such segment");
            append(recent, segment, some(800_000));
            assertTrue(recent.readEnd(first, 10).isEmpty(), "its first octets are others now");
        }
    }

    @Test
    void aRecordIsFoundAcrossTheEndOfTheRing() throws IOException {
        Recent recent = new Recent(BUFFERED, SIZE);
        try (Segment segment = begin(recent, 1, BUFFERED)) {
            for (int octets : List.of(SIZE - RecordHead.SIZE - 7, 5000, SIZE - 6000, 700_000, 1_000_000)) {
                byte[] payload = some(octets);
                JournalPosition position = append(recent, segment, payload);
                recent.flush(segment);
                assertArrayEquals(payload, recent.readEnd(position, octets).orElseThrow(), octets + " octets");
            }
        }
    }

    @Test
    void recordsAreFoundAcrossChunksOfALargerRing() throws IOException {
        Recent recent = new Recent(BUFFERED, 5 * SIZE / 2); // three of them
        try (Segment segment = begin(recent, 1, BUFFERED)) {
            List<byte[]> payloads = new ArrayList<>();
            List<JournalPosition> positions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                payloads.add(some(SIZE + random.nextInt(SIZE / 3)));
                positions.add(append(recent, segment, payloads.get(i)));
                recent.flush(segment);
                for (int j = Math.max(0, i - 1); j <= i; j++) {
                    byte[] payload = payloads.get(j);
                    assertArrayEquals(
                            payload,
                            recent.readEnd(positions.get(j), payload.length).orElseThrow(),
                            j + " of " + i);
                }
                assertTrue(i < 3 || recent.readEnd(positions.get(i - 3), 10).isEmpty(), "replaced");
            }
        }
    }

    @Test
    void whatIsLargerThanTheRingIsNotFound() throws IOException {
        Recent recent = new Recent(BUFFERED, SIZE);
        try (Segment segment = begin(recent, 1, BUFFERED)) {
            JournalPosition position = append(recent, segment, new byte[SIZE]);
            recent.flush(segment);
            assertTrue(recent.readEnd(position, 10).isEmpty(), "its head is gone");
        }
    }

    @Test
    void recordsOfEarlierSegmentsAreFoundUntilTheyAreRemoved() throws IOException {
        Recent recent = new Recent(BUFFERED, SIZE);
        byte[] payload = some(1000);
        List<JournalPosition> positions = new ArrayList<>();
        for (int number = 1; number <= 300; number++) {
            try (Segment segment = begin(recent, number, BUFFERED)) {
                positions.add(append(recent, segment, payload));
                recent.flush(segment);
            }
        }
        assertTrue(recent.readEnd(positions.get(43), 1000).isEmpty(), "256 blocks of 4096 are kept");
        assertArrayEquals(payload, recent.readEnd(positions.get(44), 1000).orElseThrow());
        recent.forget(300);
        assertTrue(recent.readEnd(positions.get(299), 1000).isEmpty(), "removed");
        assertArrayEquals(payload, recent.readEnd(positions.get(298), 1000).orElseThrow());
    }

    @Test
    void theFileHoldsWhatWasPutHoweverItIsWritten() throws IOException {
        OpenOption unknown = new OpenOption() {};
        assertTrue(Blocks.of(folder).direct().isPresent(), "this Java writes past the page cache");
        for (Blocks blocks : List.of(Blocks.of(folder), BUFFERED, new Blocks(4096, Optional.of(unknown)))) {
            Recent recent = new Recent(blocks, SIZE);
            List<byte[]> payloads = new ArrayList<>();
            List<JournalPosition> positions = new ArrayList<>();
            try (Segment segment = begin(recent, 9, blocks)) {
                for (int i = 0; i < 400; i++) {
                    payloads.add(some(random.nextInt(20_000)));
                    positions.add(append(recent, segment, payloads.get(i)));
                    if (random.nextInt(3) == 0) {
                        recent.flush(segment);
                    }
                }
                recent.flush(segment);
                segment.force();
                assertEquals(0, segment.allocated() % blocks.size());
            }
            try (Segment segment = Segment.open(9, folder.resolve("9.journal"), blocks)) {
                for (int i = 0; i < payloads.size(); i++) {
                    long at = positions.get(i).offset();
                    assertArrayEquals(payloads.get(i), segment.read(at).orElseThrow(), blocks + " at " + at);
                }
            }
            Files.delete(folder.resolve("9.journal"));
        }
    }

    @Test
    void whoReadsWhileOctetsAreReplacedGetsTheRecordOrNothing() throws Exception {
        Recent recent = new Recent(BUFFERED, SIZE);
        AtomicInteger oldest = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        Set<String> wrong = new ConcurrentSkipListSet<>();
        List<Thread> readers = new ArrayList<>();
        AtomicInteger whole = new AtomicInteger();
        AtomicInteger none = new AtomicInteger();
        int length = 50_000;
        for (int i = 0; i < 2; i++) {
            readers.add(Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    int number = oldest.get();
                    JournalPosition position = new JournalPosition(1, (long) number * (length + RecordHead.SIZE));
                    Optional<byte[]> found = recent.readEnd(position, length);
                    (found.isPresent() ? whole : none).incrementAndGet();
                    for (byte octet : found.orElse(new byte[0])) {
                        if (octet != (byte) number) {
                            wrong.add(position.toString());
                        }
                    }
                }
            }));
        }
        try (Segment segment = begin(recent, 1, BUFFERED)) {
            for (int i = 0; i < 2000; i++) {
                byte[] payload = new byte[length];
                Arrays.fill(payload, (byte) i);
                append(recent, segment, payload);
                recent.flush(segment);
                oldest.set(Math.max(0, i - 19)); // the one that is replaced next
            }
        } finally {
            over.set(true);
        }
        for (Thread reader : readers) {
            reader.join();
        }
        assertEquals(Set.of(), wrong);
        assertTrue(whole.get() > 0 && none.get() > 0, whole + " found, " + none + " not");
    }
}
