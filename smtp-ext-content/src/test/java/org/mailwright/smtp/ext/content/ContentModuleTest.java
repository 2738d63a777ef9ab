package org.mailwright.smtp.ext.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.client.ClientProfile;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.Transcript;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.Way;

class ContentModuleTest {

    private static Map<String, Extension> found() {
        return StreamSupport.stream(ServiceLoader.load(Extension.class).spliterator(), false)
                .collect(Collectors.toMap(Extension::id, Function.identity()));
    }

    private static Extension found(String id) {
        return Optional.ofNullable(found().get(id)).orElseThrow();
    }

    @Test
    void isFoundAndInstalled() throws IOException {
        Set<Extension> bound =
                Guice.createInjector(new ContentModule()).getInstance(Key.get(new TypeLiteral<Set<Extension>>() {}));
        assertEquals(found().keySet(), bound.stream().map(Extension::id).collect(Collectors.toSet()));
        assertEquals(
                Set.of("8BITMIME", "BINARYMIME", "CHUNKING", "SMTPUTF8", "PRDR", "CONNEG", "CONPERM"),
                found().keySet());
        assertNotNull(ClientProfile.of(bound));
        for (String keyword : new TreeSet<>(found().keySet())) {
            if (keyword.equals("CONNEG")) {
                continue; // offered where something is configured
            }
            Transcript offer = Transcript.parse("offer", "S: 220 *\nC: EHLO x\nS*: 250 " + keyword);
            TestService all = TestService.mx(bound.toArray(Extension[]::new));
            assertEquals(List.of(), new TranscriptRun(offer, Way.MEMORY).play(all));
        }
    }

    private static String wrong(String id, String key, Object value) {
        Settings settings = Settings.of("extension." + id, Map.of(key, value));
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> found(id).configured(settings))
                        .getMessage());
    }

    @Test
    void readsItsConfiguration() {
        found("8BITMIME").configured(Settings.of("extension.8BITMIME", Map.of("missing", "refuse")));
        found("CHUNKING").configured(Settings.of("extension.CHUNKING", Map.of("from", "0", "chunk", "64KiB")));
        found("SMTPUTF8").configured(Settings.of("extension.SMTPUTF8", Map.of("detect", false)));
        assertEquals(
                "extension.8BITMIME.missing: expected convert, refuse or send, found \"drop\"",
                wrong("8BITMIME", "missing", "drop"));
        assertEquals("chunk: expected 1024 to 1048576 octets, found 2147483647", wrong("CHUNKING", "chunk", "3GiB"));
        assertEquals("extension.SMTPUTF8.detects: unknown key; expected detect", wrong("SMTPUTF8", "detects", true));
    }
}
