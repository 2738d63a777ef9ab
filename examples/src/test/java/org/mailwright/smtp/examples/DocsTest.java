package org.mailwright.smtp.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents quote is what is compiled. A quotation stands behind a comment that names its file. */
class DocsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern JAVA = Pattern.compile("(?:<!-- from (\\S+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/compose.md", "docs/extensions.md"})
    void quotesTheSources(String document) throws IOException {
        List<MatchResult> quotations =
                JAVA.matcher(Files.readString(ROOT.resolve(document))).results().toList();
        assertFalse(quotations.isEmpty(), document);
        for (MatchResult quotation : quotations) {
            String file = quotation.group(1);
            String quoted = quotation.group(2);
            assertTrue(file != null, () -> document + " does not say where this is from:\n" + quoted);
            String source = flat(Files.readString(ROOT.resolve(String.valueOf(file))));
            assertTrue(
                    source.contains(flat(quoted)), () -> document + " quotes what is not in " + file + ":\n" + quoted);
        }
    }

    /** Without indentation, which differs in a quotation. */
    private static String flat(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
