package org.mailwright.smtp.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailboxTest {
    @Test
    void spellingsOfOneAddressAreOneMailbox() {
        assertEquals(new Mailbox("alice", "example.test"), new Mailbox("ALICE", "Example.TEST"));
        assertEquals(new Mailbox("\u00e9", "x"), new Mailbox("e\u0301", "x"));
        assertEquals(new Mailbox("\u00e9", "x"), new Mailbox("E\u0301", "x"));
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
        assertEquals(new Mailbox(base, "x"), new Mailbox(user, "x").withoutDetail(separator));
    }
}
