package org.mailwright.smtp.distribution.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1/32, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1/32, 127.0.0.2, false",
        "10.1.0.0/17, 10.1.127.255, true",
        "10.1.0.0/17, 10.1.128.0, false",
        "127.0.0.0/8, ::1, false",
        "::1/128, ::1, true",
        "fd00::/8, fd12:3456::1, true",
        "fd00::/8, fe80::1, false",
        "127.0.0.1/32, ::ffff:127.0.0.1, true",
    })
    void contains(String network, String address, boolean within) throws UnknownHostException {
        assertEquals(within, Network.parse(network).contains(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "0.0.0.0/0 | \"0.0.0.0/0\" is too much to be trusted: a prefix has at least 8 bits",
                "::/0 | \"::/0\" is too much to be trusted: a prefix has at least 7 bits",
                "10.0.0.1/8 | \"10.0.0.1/8\" has bits behind its prefix",
                "10.0.0.1/33 | \"10.0.0.1/33\" has more than 32 bits",
                "localhost | ''",
                "10.0.0/8x | ''",
                "1.2.3.4.5 | ''",
            })
    void whatIsNoNetworkOrTooMuch(String network, String fault) {
        assertEquals(
                fault,
                assertThrows(IllegalArgumentException.class, () -> Network.parse(network))
                        .getMessage());
    }
}
