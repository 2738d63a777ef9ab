package org.mailwright.smtp.distribution.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What senders hear of mail that is not delivered.
 *
 * @param texts the file of what people read; absent: the usual words
 * @param returned octets up to which a mail is sent back whole
 * @since 0.1.0
 */
public record ReportSettings(Optional<Path> texts, int returned) {
    static ReportSettings of(ConfigFile file) {
        ConfigValues values = file.table(DeliveryKeys.REPORTS);
        return new ReportSettings(
                values.find(DeliveryKeys.REPORT_TEXTS).map(file::path),
                Math.toIntExact(values.get(DeliveryKeys.REPORT_RETURNED)));
    }
}
