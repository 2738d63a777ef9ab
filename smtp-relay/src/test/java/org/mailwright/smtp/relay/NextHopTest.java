package org.mailwright.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextHopTest {

    @ParameterizedTest
    @CsvSource({
        "Example.ORG, example.org:25",
        "example.org:2525, example.org:2525",
        "grün.example, xn--grn-ioa.example:25",
        "[mx.example.org], [mx.example.org]:25",
        "[mx.example.org]:587, [mx.example.org]:587",
        "[192.0.2.1], [192.0.2.1]:25",
        "[192.0.2.1]:587, [192.0.2.1]:587",
        "[2001:db8::1], [2001:db8::1]:25",
        "[IPv6:2001:DB8:0::1]:26, [2001:db8::1]:26",
        "localhost, localhost:25",
    })
    void reads(String text, String read) {
        NextHop hop = NextHop.parse(text, 25);
        assertEquals(read, hop.toString());
        assertEquals(hop, NextHop.parse(read, 1));
        assertEquals(text.startsWith("["), hop.direct());
        assertEquals(text.matches("\\[(IPv6|[0-9]).*"), hop.address().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, stands in brackets: [192.0.2.1]",
        "192.0.2.1:25, stands in brackets: [192.0.2.1]",
        "2001:db8::1, stands in brackets: [2001:db8::1]",
        "IPv6:2001:db8::1, stands in brackets: [IPv6:2001:db8::1]",
        "[192.0.2.300], not an IP address: 192.0.2.300",
        "[2001:db8:::1], not an IP address: 2001:db8:::1",
        "[mx.example.org, not closed",
        "[mx.example.org]587, expected :PORT",
        "example.org:smtp, expected :PORT",
        "example.org:, expected :PORT",
        "example.org:0, port must be 1 to 65535",
        "example.org:65536, port must be 1 to 65535",
        "exam ple.org, no host is exam ple.org",
        "example.org], no host is example.org]",
        "'', no host is",
        "[], no host is",
        ":25, no host is",
    })
    void saysWhatIsWrong(String text, String message) {
        String said = assertThrows(IllegalArgumentException.class, () -> NextHop.parse(text, 25))
                .toString();
        assertTrue(said.contains(message), said);
    }
}
