package org.mailwright.smtp.distribution.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.mailwright.smtp.core.extension.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the plug-ins in a folder.
 *
 * @since 0.1.0
 */
public final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    /**
     * An extension and where it was found.
     *
     * @param extension the extension
     * @param source the jar, or the folder of jars
     */
    public record Found(Extension extension, Path source) {}

    private Plugins() {}

    /**
     * Loads every extension of every plug-in, in the order of the plug-ins' names.
     *
     * @param folder the folder with the plug-ins; need not be there
     * @param server the class loader whose classes plug-ins share
     * @throws PluginException for the first that cannot be used
     */
    public static List<Found> load(Path folder, ClassLoader server) throws PluginException {
        List<Found> found = new ArrayList<>();
        for (Path plugin : list(folder)) {
            List<Path> jars = Files.isDirectory(plugin) ? jars(plugin) : List.of(plugin);
            List<Found> extensions = loadOne(plugin, jars, server);
            if (extensions.isEmpty()) {
                LOG.warn("{}: no extension in it: no META-INF/services/{}", plugin, Extension.class.getName());
            }
            found.addAll(extensions);
        }
        return found;
    }

    private static List<Found> loadOne(Path plugin, List<Path> jars, ClassLoader server) throws PluginException {
        try {
            List<URL> urls = new ArrayList<>();
            for (Path jar : jars) {
                urls.add(jar.toUri().toURL());
            }
            // stays open as long as the server runs: classes are loaded when they are first needed
            PluginClassLoader loader =
                    new PluginClassLoader(plugin.getFileName().toString(), urls.toArray(URL[]::new), server);
            return ServiceLoader.load(Extension.class, loader).stream()
                    .filter(provider -> provider.type().getClassLoader() == loader)
                    .map(provider -> new Found(provider.get(), plugin))
                    .toList();
        } catch (MalformedURLException e) {
            throw new PluginException(plugin, "its name is no URL", e);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new PluginException(plugin, "its extension cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static List<Path> list(Path folder) throws PluginException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return children(folder).stream()
                .filter(path -> Files.isDirectory(path) || isJar(path))
                .toList();
    }

    private static List<Path> jars(Path plugin) throws PluginException {
        List<Path> jars = children(plugin).stream().filter(Plugins::isJar).toList();
        if (jars.isEmpty()) {
            throw new PluginException(plugin, "expected jars in it, found none");
        }
        return jars;
    }

    private static List<Path> children(Path folder) throws PluginException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new PluginException(folder, "cannot be read", e);
        }
    }

    private static boolean isJar(Path path) {
        return path.getFileName().toString().endsWith(".jar");
    }
}
