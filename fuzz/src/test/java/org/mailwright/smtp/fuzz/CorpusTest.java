package org.mailwright.smtp.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the fuzzer found once is tried each time. */
class CorpusTest {

    private static final Path CORPUS = Path.of("corpus");

    @TestFactory
    Stream<DynamicContainer> corpus() throws IOException {
        List<Path> targets = children(CORPUS);
        assertFalse(targets.isEmpty());
        return targets.stream().map(CorpusTest::container);
    }

    private static DynamicContainer container(Path folder) {
        String target = folder.getFileName().toString();
        return DynamicContainer.dynamicContainer(
                target,
                children(folder).stream()
                        .map(file -> DynamicTest.dynamicTest(
                                file.getFileName().toString(),
                                () -> assertTimeoutPreemptively(
                                        Duration.ofMinutes(1), () -> run(target, Files.readAllBytes(file))))));
    }

    private static void run(String target, byte[] data) throws Throwable {
        Method method =
                Class.forName("org.mailwright.smtp.fuzz." + target).getMethod("fuzzerTestOneInput", byte[].class);
        try {
            method.invoke(null, (Object) data);
        } catch (InvocationTargetException finding) {
            throw finding.getCause();
        }
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
