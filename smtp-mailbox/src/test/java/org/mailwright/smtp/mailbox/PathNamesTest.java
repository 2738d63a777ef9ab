package org.mailwright.smtp.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathNamesTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "alice, alice",
                "a.b+c_d-9, a.b+c_d-9",
                ".hidden, %2Ehidden",
                "., %2E",
                ".., %2E.",
                "../../etc, %2E.%2F..%2Fetc",
                "a/b, a%2Fb",
                "a\\b, a%5Cb",
                "50%, 50%25",
                "é, %C3%A9",
                "A, %41",
                "``, %",
            })
    void namesBecomeOneComponent(String name, String component) {
        assertEquals(component, PathNames.component(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\nb", "\u202e", "con:", "~root", "$(id)", "a b", "\ud83d\ude00"})
    void hostileNamesKeepToTheAlphabet(String name) {
        assertTrue(PathNames.component(name).matches("[a-z0-9._+%A-F~-]+"), PathNames.component(name));
    }

    @Test
    void longNamesAreShortenedAndStayDifferent() {
        Set<String> seen = new HashSet<>();
        for (int length = PathNames.LONGEST - 2; length < 600; length++) {
            String component = PathNames.component("x".repeat(length));
            assertTrue(component.length() <= PathNames.LONGEST, component);
            assertTrue(seen.add(component), component);
        }
        assertTrue(PathNames.component("/".repeat(300)).length() <= PathNames.LONGEST);
    }

    @Test
    void aDigestKnowsWhereItsPartsEnd() {
        assertNotEquals(PathNames.digest("ab", "c"), PathNames.digest("a", "bc"));
        assertEquals(PathNames.digest("ab", "c"), PathNames.digest("ab", "c"));
    }
}
