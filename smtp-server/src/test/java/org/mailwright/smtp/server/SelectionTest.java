package org.mailwright.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.server.command.EnhancedStatusCodes;
import org.mailwright.smtp.server.command.Pipelining;
import org.mailwright.smtp.server.command.SessionCommands;
import org.mailwright.smtp.server.gate.StandingGate;

class SelectionTest {

    private static final SmtpListener ALL = SmtpListener.of("mx", Role.MX, "mx.example.test", "127.0.0.1:0");

    private final Selection selection = new Selection(
            List.of(new SessionCommands()),
            List.of(
                    new Pipelining(),
                    new EnhancedStatusCodes(),
                    new StandingGate<>("closed", Stage.RCPT, 0, (session, recipient) -> Verdict.pass())));

    private List<String> ids(SmtpListener listener) {
        return selection.of(listener).stream().map(Extension::id).toList();
    }

    @Test
    void takesAllUnlessSomeAreNamed() {
        String always = new SessionCommands().id();
        assertEquals(List.of(always, "PIPELINING", "ENHANCEDSTATUSCODES", "closed"), ids(ALL));
        assertEquals(List.of(always, "PIPELINING", "closed"), ids(ALL.only("PIPELINING")));
        assertEquals(List.of(always, "closed"), ids(ALL.only()));
    }

    @Test
    void namesWhatIsNotInstalled() {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> selection.of(ALL.only("PIPELINING", "CHUNKING")));
        assertEquals(
                "listener mx: extensions: CHUNKING is not installed; expected some of [ENHANCEDSTATUSCODES,"
                        + " PIPELINING]",
                failure.getMessage());
    }
}
