package org.mailwright.smtp.distribution.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.relay.NextHop;

/**
 * Whose mail waits here until their host fetches it or asks for it.
 *
 * @param domains whose mail it is
 * @param user who may fetch it by ATRN and TURN; absent: nobody
 * @param secretFile the file whose first line is the password of that user, for CRAM-MD5
 * @param host where it goes when somebody asks by ETRN; absent: nobody may
 * @param delayWarning whether senders hear of mail that waits for long
 * @since 0.1.0
 */
public record TurnConfig(
        List<String> domains,
        Optional<String> user,
        Optional<Path> secretFile,
        Optional<NextHop> host,
        boolean delayWarning) {
    static TurnConfig of(ConfigFile file, ConfigValues values) {
        return new TurnConfig(
                values.get(TurnKeys.DOMAINS),
                values.find(TurnKeys.USER),
                values.find(TurnKeys.SECRET_FILE).map(file::path),
                values.find(TurnKeys.HOST),
                values.get(TurnKeys.DELAY_WARNING));
    }
}
