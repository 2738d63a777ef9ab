package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenerChangesTest {
    @Test
    void aListenerIsItsAddress() {
        Map<String, String> before = Map.of("192.0.2.1:25", "mx", "192.0.2.1:587", "submission");
        Map<String, String> after = Map.of("192.0.2.1:25", "in", "192.0.2.1:465", "submissions");
        ListenerChanges changes = ListenerChanges.of(before, after);
        assertEquals(
                "listeners opened: submissions 192.0.2.1:465; closed: submission 192.0.2.1:587; kept: in 192.0.2.1:25",
                changes.toString());
        assertEquals(
                "listeners kept: mx 192.0.2.1:25",
                ListenerChanges.of(Map.of("192.0.2.1:25", "mx"), Map.of("192.0.2.1:25", "mx"))
                        .toString());
    }
}
