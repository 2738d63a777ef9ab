package org.mailwright.smtp.distribution.plugin;

import java.nio.file.Path;

/**
 * A plug-in that cannot be used.
 *
 * @since 0.1.0
 */
public final class PluginException extends Exception {
    private static final long serialVersionUID = 1L;

    PluginException(Path plugin, String problem, Throwable cause) {
        super(plugin + ": " + problem, cause);
    }

    PluginException(Path plugin, String problem) {
        super(plugin + ": " + problem);
    }
}
