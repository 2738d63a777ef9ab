package org.mailwright.smtp.distribution.assembly;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.distribution.plugin.PluginException;
import org.mailwright.smtp.distribution.plugin.Plugins;

/**
 * The extensions that are installed: those of the server whose jars are there, and the plug-ins.
 *
 * @since 0.1.0
 */
public final class Installed {
    private final Set<Bundled> bundled;
    private final List<Plugins.Found> plugins;

    private Installed(Set<Bundled> bundled, List<Plugins.Found> plugins) {
        this.bundled = bundled;
        this.plugins = plugins;
    }

    /**
     * Looks what there is.
     *
     * @param home the folder of the installation; plug-ins are in its {@code lib/ext}
     * @throws PluginException for a plug-in that cannot be used
     */
    public static Installed find(Optional<Path> home) throws PluginException {
        Set<Bundled> present = new LinkedHashSet<>();
        Arrays.stream(Bundled.values()).filter(Bundled::isPresent).forEach(present::add);
        List<Plugins.Found> found = home.isEmpty()
                ? List.of()
                : Plugins.load(home.get().resolve("lib").resolve("ext"), Installed.class.getClassLoader());
        return new Installed(present, found);
    }

    /** The identifiers by which a configuration names them. */
    public Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>(Bundled.ALWAYS);
        bundled.forEach(one -> ids.add(one.id()));
        plugins.forEach(one -> ids.add(one.extension().id()));
        return ids;
    }

    /** Returns new ones of those that belong to the server and need nothing of it. */
    public List<Extension> plain() {
        return bundled.stream().map(Bundled::make).flatMap(Optional::stream).toList();
    }

    /**
     * Returns what a command needs to send a mail with octets beyond US-ASCII, as far as its jar is there: without it
     * such a mail is refused.
     */
    public static List<Extension> eightBit() {
        Bundled extension = Bundled.EIGHT_BIT_MIME;
        return extension.isPresent() ? extension.make().stream().toList() : List.of();
    }

    /** Those among these that need nothing of the server, as they were configured: the plain ones and the plug-ins. */
    List<Extension> standalone(Collection<Extension> configured) {
        Set<String> ids = new LinkedHashSet<>();
        plain().forEach(one -> ids.add(one.id()));
        plugins.forEach(one -> ids.add(one.extension().id()));
        return configured.stream()
                .filter(extension -> ids.contains(extension.id()))
                .toList();
    }

    boolean has(Bundled one) {
        return bundled.contains(one);
    }

    /** The plug-ins. */
    public List<Plugins.Found> plugins() {
        return plugins;
    }
}
