package org.mailwright.smtp.core.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EnhancedStatusTest {
    @ParameterizedTest
    @EnumSource
    void isFoundByItsCodeInEveryClass(EnhancedStatus status) {
        assertEquals(Optional.of(status), EnhancedStatus.of(status.success()));
        assertEquals(Optional.of(status), EnhancedStatus.of(status.temporary()));
        assertEquals(Optional.of(status), EnhancedStatus.of(status.permanent()));
    }

    @ParameterizedTest
    @EnumSource
    void basicCodesAreAscendingReplyCodes(EnhancedStatus status) {
        assertEquals(status.basicCodes().stream().sorted().distinct().toList(), status.basicCodes());
        assertTrue(status.basicCodes().stream().allMatch(code -> code >= 200 && code < 560));
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_MAILBOX,5.1.1",
        "BAD_SENDER_SYNTAX,5.1.7",
        "MESSAGE_TOO_BIG,5.3.4",
        "INVALID_ARGUMENTS,5.5.4",
        "NON_ASCII_ADDRESS,5.6.7",
        "CREDENTIALS_INVALID,5.7.8",
        "SENDER_NULL_MX,5.7.27",
        "REQUIRETLS_NEEDED,5.7.30"
    })
    void hasTheNumberOfTheRegistry(EnhancedStatus status, String code) {
        assertEquals(code, status.permanent().toString());
    }

    @Test
    void associatesBasicCodes() {
        assertEquals(List.of(550, 553), EnhancedStatus.NON_ASCII_ADDRESS.basicCodes());
        assertEquals(List.of(), EnhancedStatus.OTHER.basicCodes());
    }

    @Test
    void unknownCodesHaveNoEntry() {
        assertEquals(Optional.empty(), EnhancedStatus.of(new EnhancedCode(5, 7, 999)));
        assertEquals(Optional.empty(), EnhancedStatus.of(new EnhancedCode(5, 8, 1)));
    }
}
