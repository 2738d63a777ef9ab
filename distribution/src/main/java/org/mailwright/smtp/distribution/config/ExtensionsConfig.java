package org.mailwright.smtp.distribution.config;

/**
 * What the extensions that belong to the server are told.
 *
 * @param sizeLimit largest mail in octets; 0: no limit
 * @since 0.1.0
 */
public record ExtensionsConfig(long sizeLimit) {

    static ExtensionsConfig of(ConfigFile file) {
        return new ExtensionsConfig(file.table(ConfigKeys.SIZE).get(ConfigKeys.SIZE_LIMIT));
    }
}
