package org.mailwright.smtp.queue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.address.Mailbox;

class ReportConfigTest {

    private static final Mailbox FROM = Mailbox.parse("daemon@example.org");

    @Test
    void namesTheHostInAscii() {
        assertEquals("xn--bcher-kva.example", ReportConfig.of("bücher.example").hostname());
        assertEquals(
                "MAILER-DAEMON@xn--bcher-kva.example",
                ReportConfig.of("bücher.example").from().toString());
        assertEquals("[192.0.2.1]", ReportConfig.of("[192.0.2.1]").hostname());
    }

    @Test
    void saysWhichKeyIsWrong() {
        assertWrong("hostname", () -> ReportConfig.of("a b"));
        assertWrong("hostname", () -> ReportConfig.of("a\r\nX: y"));
        assertWrong("from", () -> new ReportConfig("a.example", Mailbox.parse("ä@b.example"), 0, Duration.ofDays(1)));
        assertWrong("returned", () -> new ReportConfig("a.example", FROM, -1, Duration.ofDays(1)));
        assertWrong("returned", () -> new ReportConfig("a.example", FROM, 1 << 25, Duration.ofDays(1)));
        assertWrong("lifetime", () -> new ReportConfig("a.example", FROM, 0, Duration.ZERO));
    }

    private static void assertWrong(String key, Runnable make) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, make::run).getMessage());
        assertTrue(message.startsWith(key + ": "), message);
    }
}
