package org.mailwright.smtp.queue.sql.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PiecesTest {

    private static final int PIECE = Pieces.PIECE;

    @TempDir
    private Path folder;

    private final Random random = new Random(11);
    private final byte[] octets = new byte[5 * PIECE + 1000];
    private Blocks blocks = new Blocks(4096, Optional.empty());
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        blocks = Blocks.of(folder);
        file = folder.resolve("1.journal");
        random.nextBytes(octets);
        Files.write(file, octets);
    }

    private Segment open() throws IOException {
        Segment segment = Segment.open(1, file, blocks);
        assumeTrue(segment.readsBlocks(), "this file system is read through the page cache alone");
        return segment;
    }

    private static byte[] read(Pieces pieces, Segment segment, long offset, int count) throws IOException {
        ByteBuffer found = ByteBuffer.allocate(count);
        assertTrue(pieces.fill(segment, found, offset));
        return found.array();
    }

    @Test
    void whatIsReadIsWhatTheFileHolds() throws IOException {
        Pieces pieces = new Pieces(blocks, 1 << 20, 2 * PIECE);
        try (Segment segment = open()) {
            for (int offset : List.of(0, 1, PIECE - 1, PIECE, 3 * PIECE - 17, 5 * PIECE + 900, 5, octets.length - 40)) {
                int count = Math.min(70_000, octets.length - offset);
                assertArrayEquals(
                        Arrays.copyOfRange(octets, offset, offset + count),
                        read(pieces, segment, offset, count),
                        "at " + offset);
            }
            ByteBuffer more = ByteBuffer.allocate(2000);
            assertFalse(pieces.fill(segment, more, octets.length - 500L), "the file ends before");
            assertEquals(500, more.limit());
            assertFalse(pieces.fill(segment, more.clear(), octets.length + 500_000L), "there is nothing");
            assertEquals(0, more.limit());
        }
    }

    @Test
    void aPieceIsKeptUntilItIsForgottenOrReplaced() throws IOException {
        Pieces pieces = new Pieces(blocks, 1 << 20, 2 * PIECE);
        try (Segment segment = open()) {
            byte[] before = read(pieces, segment, 10, 20);
            byte[] other = new byte[octets.length];
            random.nextBytes(other);
            Files.write(file, other, StandardOpenOption.WRITE);
            assertArrayEquals(before, read(pieces, segment, 10, 20), "from memory");
            pieces.forget(segment, 10, 20);
            assertArrayEquals(Arrays.copyOfRange(other, 10, 30), read(pieces, segment, 10, 20), "forgotten");
            Files.write(file, octets, StandardOpenOption.WRITE);
            read(pieces, segment, PIECE, 20);
            assertArrayEquals(Arrays.copyOfRange(other, 10, 30), read(pieces, segment, 10, 20), "it has its own slot");
            read(pieces, segment, 2 * PIECE, 20);
            assertArrayEquals(before, read(pieces, segment, 10, 20), "another had its slot");
        }
    }

    @Test
    void readsAllOverTheFileGoThroughThePageCache() throws IOException {
        Pieces pieces = new Pieces(blocks, 1 << 20, PIECE);
        try (Segment segment = open()) {
            for (int i = 0; i < 100; i++) {
                read(pieces, segment, (i % 5) * (long) PIECE, 20);
            }
            read(pieces, segment, 0, 20);
            byte[] other = new byte[octets.length];
            random.nextBytes(other);
            Files.write(file, other, StandardOpenOption.WRITE);
            assertArrayEquals(Arrays.copyOfRange(other, 0, 20), read(pieces, segment, 0, 20), "not from memory");
        }
    }

    @Test
    void recordsOfABacklogAreReadInAnyOrderAndBesideNewOnes() throws IOException {
        JournalConfig config = new JournalConfig(1 << 20, 64 << 10, 1, 1 << 20, 1 << 20);
        Map<JournalPosition, String> texts = new HashMap<>();
        try (Journal<String> journal = Journal.open(folder.resolve("journal"), config, any -> {})) {
            for (int i = 0; i < 300; i++) {
                append(journal, texts, random.nextInt(20_000));
            }
            for (int round = 0; round < 3; round++) {
                List<JournalPosition> order = new ArrayList<>(texts.keySet());
                Collections.shuffle(order, random);
                for (JournalPosition position : order) {
                    String text = Objects.requireNonNull(texts.get(position));
                    String found = new String(journal.readEnd(position, text.length()), StandardCharsets.UTF_8);
                    assertEquals(text, found);
                    append(journal, texts, 500); // what is read may have been loaded before it was there
                }
            }
        }
    }

    private void append(Journal<String> journal, Map<JournalPosition, String> texts, int length) throws IOException {
        String text = texts.size() + "x".repeat(length);
        texts.put(journal.append(List.of(StandardCharsets.UTF_8.encode(text)), text), text);
    }

    @Test
    void aPieceIsLoadedAgainWhenTheFileHasGrown() throws IOException {
        Pieces pieces = new Pieces(blocks, 1 << 20, 2 * PIECE);
        try (Segment segment = open()) {
            read(pieces, segment, 5 * PIECE + 10, 20);
            byte[] more = new byte[3000];
            random.nextBytes(more);
            Files.write(file, more, StandardOpenOption.APPEND);
            assertArrayEquals(more, read(pieces, segment, octets.length, more.length));
        }
    }
}
