package org.mailwright.smtp.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {
    private static final Path BASE = Path.of("/srv/mail").toAbsolutePath();

    @Test
    void putsUserAndDomainInTheirPlaces() {
        PathTemplate template = new PathTemplate(BASE, "{domain}/{user}/Maildir");
        assertEquals(
                BASE.resolve("example.test/alice/Maildir"),
                template.resolve(new LocalMailbox("Alice", "EXAMPLE.test")));
    }

    @ParameterizedTest
    @CsvSource({"../../etc/passwd, x", ".., ..", "/etc, /", "{domain}, {user}", "a, ../../..", "$1, \\"})
    void noAddressLeavesTheFolder(String user, String domain) {
        PathTemplate template = new PathTemplate(BASE, "{domain}/{user}");
        Path folder = template.resolve(new LocalMailbox(user, domain));
        assertTrue(folder.startsWith(BASE), folder::toString);
        assertEquals(BASE.getNameCount() + 2, folder.getNameCount(), folder::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail", "{domain}", "{user}/{home}", "{user", "{user}}", "{}{user}", "{user}\0"})
    void refusesWhatIsNoTemplate(String template) {
        assertThrows(IllegalArgumentException.class, () -> new PathTemplate(BASE, template));
    }
}
