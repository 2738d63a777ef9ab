package org.mailwright.smtp.distribution.config;

import java.util.List;

/**
 * What the extensions that belong to the server are told.
 *
 * @param sizeLimit largest mail in octets; 0: no limit
 * @param auth what AUTH is told
 * @param verify roles of listeners on which VRFY tells users
 * @param expand roles of listeners on which EXPN tells lists
 * @since 0.1.0
 */
public record ExtensionsConfig(
        long sizeLimit, AuthSettings auth, List<ListenerRole> verify, List<ListenerRole> expand) {

    static ExtensionsConfig of(ConfigFile file) {
        ConfigValues vrfy = file.table(ConfigKeys.VRFY);
        return new ExtensionsConfig(
                file.table(ConfigKeys.SIZE).get(ConfigKeys.SIZE_LIMIT),
                AuthSettings.of(file.table(ConfigKeys.AUTH)),
                vrfy.get(ConfigKeys.VRFY_VERIFY),
                vrfy.get(ConfigKeys.VRFY_EXPAND));
    }
}
