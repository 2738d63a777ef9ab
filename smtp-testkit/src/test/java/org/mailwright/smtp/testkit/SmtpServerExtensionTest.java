package org.mailwright.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SmtpServerExtensionTest {

    private static final Transcript MAIL = Transcript.resource(SmtpServerExtensionTest.class, "session/mail.smtp");

    @RegisterExtension
    static final SmtpServerExtension OF_THE_CLASS = SmtpServerExtension.of(TestService.mx());

    @RegisterExtension
    final SmtpServerExtension ofTheTest = SmtpServerExtension.of(TestService.mx(), RecordingSink::nonBlocking);

    @Test
    void givesEachTestItsServer() throws IOException, InterruptedException {
        for (SmtpServerExtension server : List.of(OF_THE_CLASS, ofTheTest)) {
            assertEquals(List.of(), server.sink().mails());
            try (SocketWire wire = new SocketWire(server.address())) {
                new TranscriptPlayer(MAIL, wire).play();
            }
            assertTrue(server.sink().awaitMails(1, Duration.ofSeconds(20)));
            RecordedMail mail = server.sink().mails().getFirst();
            assertEquals("<bob@example.test> <carol@example.test>", mail.recipients());
            assertEquals("Subject: one\r\n\r\nfirst line\r\n.a line with a dot\r\n", mail.text());
            assertEquals(mail.text().length(), mail.octets().length);
        }
    }

    @Test
    void runsWithinTestsOnly() {
        SmtpServerExtension unused = SmtpServerExtension.of(TestService.mx());
        assertThrows(IllegalStateException.class, unused::port);
    }

    @Test
    void hasAClockThatStandsStill() {
        TestClock clock = TestClock.at("2030-01-31T12:00:00Z");
        TestClock elsewhere = clock.withZone(ZoneId.of("Asia/Tokyo"));
        clock.advance(Duration.ofDays(1));
        assertEquals("2030-02-01T12:00:00Z", clock.instant().toString());
        assertEquals(clock.instant(), elsewhere.instant());
        assertEquals("Asia/Tokyo", elsewhere.getZone().getId());
    }
}
