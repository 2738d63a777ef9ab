package org.mailwright.smtp.distribution.config;

/**
 * What the server tells.
 *
 * @param level the least important thing that is still told
 * @param format how a line looks
 * @since 0.1.0
 */
public record LogConfig(LogLevel level, LogFormat format) {

    static LogConfig of(ConfigValues values) {
        return new LogConfig(values.get(ConfigKeys.LOG_LEVEL), values.get(ConfigKeys.LOG_FORMAT));
    }
}
