package org.mailwright.smtp.distribution.plugin;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * The classes of one plug-in: its own before those of the server, so that it may bring any version of any library, but
 * for those that both must share to understand each other.
 */
final class PluginClassLoader extends URLClassLoader {
    private static final List<String> SHARED = List.of(
            "java.",
            "javax.",
            "jdk.",
            "org.mailwright.smtp.core.",
            "org.slf4j.",
            "org.jspecify.",
            "jakarta.inject.",
            "com.google.inject.");

    static {
        registerAsParallelCapable();
    }

    PluginClassLoader(String name, URL[] jars, ClassLoader server) {
        super(name, jars, server);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try {
                return findClass(name);
            } catch (ClassNotFoundException notItsOwn) {
                return super.loadClass(name, resolve);
            }
        }
    }
}
