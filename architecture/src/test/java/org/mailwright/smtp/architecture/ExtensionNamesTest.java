package org.mailwright.smtp.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What carries the extensions knows none of them by name, neither in what it says nor in what it is made of. */
class ExtensionNamesTest {

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");
    private static final Pattern KEYWORD = Pattern.compile("\\b(SIZE|8BITMIME|CHUNKING|BINARYMIME|SMTPUTF8|PRDR"
            + "|STARTTLS|REQUIRETLS|AUTH|DSN|MTRK|BURL|CONNEG|CONPERM|DELIVERBY|FUTURERELEASE|MT-PRIORITY|LIMITS"
            + "|NO-SOLICITING|RRVS|SUBMITTER|PROXY|XCLIENT|XFORWARD|ETRN|ATRN|TURN|VRFY|EXPN|HELP|BDAT|CHECKPOINT)\\b");

    /** Not starting TLS, and not needing it: those are things that a transport and a listener can do by themselves. */
    private static final Pattern NAME = Pattern.compile(
            "8bitmime|dsn|burl|eight_?bit_?mime|chunking|binary_?mime|smtp_?utf_?8|prdr|mtrk|conneg|conperm|deliver_?by"
                    + "|future_?release|mt_?priority|no_?soliciting|rrvs|submitter|xclient|xforward|etrn|atrn"
                    + "|vrfy|expn|bdat",
            Pattern.CASE_INSENSITIVE);

    /** The texts and names of a registry of its own, that of enhanced status codes. */
    private static final String STATUS_REGISTRY = "EnhancedStatus.java";

    @ParameterizedTest
    @ValueSource(strings = {"smtp-core", "smtp-server", "smtp-client"})
    void namesNoExtension(String module) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            List<Path> sources = files.filter(
                            file -> file.toString().endsWith(".java") && !file.endsWith(STATUS_REGISTRY))
                    .toList();
            assertFalse(sources.isEmpty());
            for (Path source : sources) {
                for (String name : names(Files.readString(source))) {
                    found.add(source.getFileName() + ": " + name);
                }
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void seesNamesInTextsAndInCode() {
        assertEquals(
                List.of("SIZE", "EightBitMime"),
                names("/** SMTPUTF8 */ reply(\"see SIZE\"); // RRVS\n new EightBitMime(SIZE, \"size\");"));
    }

    private static List<String> names(String source) {
        String code = COMMENT.matcher(source).replaceAll(" ");
        List<String> names = new ArrayList<>();
        Matcher texts = TEXT.matcher(code);
        while (texts.find()) {
            KEYWORD.matcher(texts.group()).results().forEach(found -> names.add(found.group()));
        }
        NAME.matcher(texts.replaceAll("")).results().forEach(found -> names.add(found.group()));
        return names;
    }
}
