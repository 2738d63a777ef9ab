package org.mailwright.smtp.distribution.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.distribution.plugin.Plugins.Found;

class PluginsTest {
    private static final String SERVICE = "META-INF/services/" + Extension.class.getName();

    @TempDir
    private Path root;

    @Test
    void aFolderThatIsNotThereHasNone() throws PluginException {
        assertEquals(List.of(), load(root.resolve("none")));
    }

    @Test
    void twoPlugInsMayHaveDifferentClassesOfOneName() throws Exception {
        Path folder = Files.createDirectory(root.resolve("ext"));
        jar(folder.resolve("one.jar"), "X-ONE", "vendor.Colour");
        Files.createDirectory(folder.resolve("two"));
        jar(folder.resolve("two/two.jar"), "X-TWO", "vendor.Colour");
        Files.writeString(folder.resolve("README"), "no plug-in");
        List<Found> found = load(folder);
        assertEquals(
                List.of("X-ONE one.jar", "X-TWO two"),
                found.stream()
                        .map(one -> one.extension().id() + " " + one.source().getFileName())
                        .toList());
        assertNotSame(
                found.getFirst().extension().getClass(),
                found.getLast().extension().getClass());
    }

    @Test
    void aJarWithoutAnExtensionIsPassedOver() throws Exception {
        Path folder = Files.createDirectory(root.resolve("ext"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve("library.jar")))) {
            entry(jar, "x", new byte[0]);
        }
        assertEquals(List.of(), load(folder));
    }

    @Test
    void anExtensionThatIsNotInItsJarIsToldWithTheJar() throws IOException {
        Path folder = Files.createDirectory(root.resolve("ext"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve("bad.jar")))) {
            entry(jar, SERVICE, "vendor.Missing".getBytes(StandardCharsets.US_ASCII));
        }
        PluginException failure = assertThrows(PluginException.class, () -> load(folder));
        assertTrue(failure.toString().contains("bad.jar: its extension cannot be loaded: "), failure::toString);
        assertTrue(failure.toString().contains("vendor.Missing"), failure::toString);
    }

    @Test
    void anExtensionThatCannotBeMadeIsToldWithTheJar() throws Exception {
        Path folder = Files.createDirectory(root.resolve("ext"));
        jar(folder.resolve("bad.jar"), "\" + 1 / Integer.parseInt(\"0\") + \"", "vendor.Bad");
        PluginException failure = assertThrows(PluginException.class, () -> load(folder));
        assertTrue(failure.toString().contains("bad.jar: its extension cannot be loaded"), failure::toString);
    }

    private static List<Found> load(Path folder) throws PluginException {
        return Plugins.load(folder, PluginsTest.class.getClassLoader());
    }

    /** A jar with one class that is an extension. */
    private void jar(Path file, String id, String className) throws IOException {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        Path sources = Files.createTempDirectory(root, "src");
        Path source = Files.writeString(sources.resolve(simple + ".java"), """
            package vendor;
            public class %s implements org.mailwright.smtp.core.extension.Extension {
                private final String id = "%s";
                @Override public String id() { return id; }
            }
            """.formatted(simple, id));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", api(), "-proc:none", "-d", sources.toString(), source.toString());
        assertEquals(0, status);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
                Stream<Path> classes = Files.list(sources.resolve("vendor"))) {
            entry(jar, SERVICE, className.getBytes(StandardCharsets.US_ASCII));
            for (Path compiled : classes.toList()) {
                entry(jar, "vendor/" + compiled.getFileName(), Files.readAllBytes(compiled));
            }
        }
    }

    /** Where the SPI was loaded from. */
    private static String api() throws IOException {
        try {
            return Path.of(Extension.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static void entry(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        OutputStream out = jar;
        out.write(content);
        jar.closeEntry();
    }
}
