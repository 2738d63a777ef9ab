package org.mailwright.smtp.distribution.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "17, 17",
        "50MiB, 52428800",
        "1KiB, 1024",
        "1kB, 1000",
        "3 GiB, 3221225472",
        "2TB, 2000000000000"
    })
    void sizes(String text, long octets) {
        assertEquals(Optional.of(octets), Quantities.size(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "1.5MiB", "-1", "1mib", "9223372036854775808", "99999999TiB", "1 MiB x"})
    void noSizes(String text) {
        assertEquals(Optional.empty(), Quantities.size(text));
    }

    @ParameterizedTest
    @CsvSource({"0s, PT0S", "500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "1h30m, PT1H30M", "2d, PT48H"})
    void durations(String text, Duration duration) {
        assertEquals(Optional.of(duration), Quantities.duration(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 m", "m", "-5m", "5M", "1.5h", "9999999999s"})
    void noDurations(String text) {
        assertEquals(Optional.empty(), Quantities.duration(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "100ms", "30s", "90s", "5m", "1h", "7d", "1001ms"})
    void durationsAreToldAsTheyAreWritten(String text) {
        assertEquals(text, Quantities.durationText(Quantities.duration(text).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "1024, 1KiB", "52428800, 50MiB", "0, 0"})
    void sizesAreToldInRoundUnits(long octets, String text) {
        assertEquals(text, Quantities.sizeText(octets));
    }
}
