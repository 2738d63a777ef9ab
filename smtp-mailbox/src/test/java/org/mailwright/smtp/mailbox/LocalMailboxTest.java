package org.mailwright.smtp.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalMailboxTest {
    @Test
    void spellingsOfOneAddressAreOneMailbox() {
        assertEquals(new LocalMailbox("alice", "example.test"), new LocalMailbox("ALICE", "Example.TEST"));
        assertEquals(new LocalMailbox("\u00e9", "x"), new LocalMailbox("e\u0301", "x"));
        assertEquals(new LocalMailbox("\u00e9", "x"), new LocalMailbox("E\u0301", "x"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "alice+news, +, alice",
                "alice+a+b, +, alice",
                "alice, +, alice",
                "+news, +, +news",
                "alice-news, -, alice",
                "alice+news, '', alice+news",
                "alice--news, --, alice",
            })
    void theDetailIsLeftOff(String user, String separator, String base) {
        assertEquals(new LocalMailbox(base, "x"), new LocalMailbox(user, "x").withoutDetail(separator));
    }
}
