package org.mailwright.smtp.distribution.config;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.relay.NextHop;

/**
 * Whose mail waits here until their host fetches it or asks for it.
 *
 * @param domains whose mail it is
 * @param user who may fetch it by ATRN and TURN; absent: nobody
 * @param host where it goes when somebody asks by ETRN; absent: nobody may
 * @param delayWarning whether senders hear of mail that waits for long
 * @since 0.1.0
 */
public record TurnConfig(List<String> domains, Optional<String> user, Optional<NextHop> host, boolean delayWarning) {
    static TurnConfig of(ConfigValues values) {
        return new TurnConfig(
                values.get(TurnKeys.DOMAINS),
                values.find(TurnKeys.USER),
                values.find(TurnKeys.HOST),
                values.get(TurnKeys.DELAY_WARNING));
    }
}
