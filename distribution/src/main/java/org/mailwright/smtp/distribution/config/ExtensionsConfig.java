package org.mailwright.smtp.distribution.config;

/**
 * What the extensions that belong to the server are told.
 *
 * @param sizeLimit largest mail in octets; 0: no limit
 * @param auth what AUTH is told
 * @since 0.1.0
 */
public record ExtensionsConfig(long sizeLimit, AuthSettings auth) {

    static ExtensionsConfig of(ConfigFile file) {
        return new ExtensionsConfig(
                file.table(ConfigKeys.SIZE).get(ConfigKeys.SIZE_LIMIT), AuthSettings.of(file.table(ConfigKeys.AUTH)));
    }
}
