package org.mailwright.smtp.mailbox.alias;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.testkit.TestClock;

class AliasFileTest {
    private static final Instant WRITTEN = Instant.parse("2026-03-02T10:00:00Z");

    private final TestClock clock = TestClock.at(WRITTEN.plusSeconds(60));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void first() throws IOException {
        file = folder.resolve("aliases");
        write("a@x.example: b", WRITTEN);
    }

    private void write(String text, Instant at) throws IOException {
        Files.setLastModifiedTime(Files.writeString(file, text), FileTime.from(at));
    }

    @Test
    void aChangeIsSeenAfterASecond() throws IOException {
        AliasFile aliases = AliasFile.open(file, clock);
        assertEquals(1, aliases.table().size());
        write("a@x.example: b\nc@x.example: d", WRITTEN.plusSeconds(1));
        clock.advance(Duration.ofMillis(999));
        assertEquals(1, aliases.table().size());
        clock.advance(Duration.ofMillis(1));
        AliasTable changed = aliases.table();
        assertEquals(2, changed.size());
        clock.advance(Duration.ofSeconds(5));
        assertSame(changed, aliases.table());
    }

    @Test
    void aChangeWithinTheSameTickIsSeen() throws IOException {
        write("a@x.example: b", clock.instant());
        AliasFile aliases = AliasFile.open(file, clock);
        write("c@x.example: d", clock.instant());
        clock.advance(Duration.ofSeconds(1));
        assertTrue(has(aliases.table(), "c@x.example"));
    }

    @Test
    void aWrongFileChangesNothingUntilItIsMended() throws IOException {
        AliasFile aliases = AliasFile.open(file, clock);
        AliasTable first = aliases.table();
        write("a@x.example: |rm", WRITTEN.plusSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertSame(first, aliases.table());
        Files.delete(file);
        clock.advance(Duration.ofSeconds(1));
        assertSame(first, aliases.table());
        write("c@x.example: d", WRITTEN.plusSeconds(2));
        clock.advance(Duration.ofSeconds(1));
        assertTrue(has(aliases.table(), "c@x.example"));
    }

    @Test
    void whatIsWrongAtTheStartIsTold() throws IOException {
        write("a: b", WRITTEN);
        assertThrows(AliasFileException.class, () -> AliasFile.open(file, clock));
        Files.delete(file);
        assertThrows(NoSuchFileException.class, () -> AliasFile.open(file, clock));
    }

    private static boolean has(AliasTable table, String address) {
        return table.find(Mailbox.parse(address), "+").isPresent();
    }
}
