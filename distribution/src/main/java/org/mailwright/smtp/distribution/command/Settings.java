package org.mailwright.smtp.distribution.command;

import java.nio.file.Path;
import java.util.Optional;
import org.mailwright.smtp.distribution.assembly.Installed;
import org.mailwright.smtp.distribution.config.ConfigException;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.distribution.plugin.PluginException;

/**
 * What a command goes by: the configuration, and what is installed.
 *
 * @param config the configuration
 * @param installed the extensions
 * @param file the configuration file, when one was named
 */
record Settings(ServerConfig config, Installed installed, Optional<String> file) {

    /**
     * Reads the configuration file that was named, or takes the defaults.
     *
     * @throws CommandFailure with all that is wrong in it
     */
    static Settings read(Optional<String> file, Terminal terminal) throws CommandFailure {
        try {
            Installed installed = Installed.find(terminal.home());
            if (file.isEmpty()) {
                return new Settings(ServerConfig.defaults(terminal.folder()), installed, file);
            }
            Path path = terminal.path(file.get());
            return new Settings(ServerConfig.read(path, installed.ids()), installed, file);
        } catch (ConfigException e) {
            throw new CommandFailure(ExitStatus.CONFIG, String.valueOf(e.getMessage()), e);
        } catch (PluginException e) {
            throw new CommandFailure(ExitStatus.CONFIG, String.valueOf(e.getMessage()), e);
        }
    }

    /** How the configuration is called towards people. */
    String name() {
        return file.orElse("the defaults");
    }

    /** What stands behind a command for this configuration. */
    String option() {
        return file.map(name -> " --config " + name).orElse("");
    }
}
