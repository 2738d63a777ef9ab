package org.mailwright.smtp.testkit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Calls a method marked {@link TranscriptTest} for each transcript and way. */
final class TranscriptInvocations implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Class<?> beside = context.getRequiredTestClass();
        TranscriptTest test = context.getRequiredTestMethod().getAnnotation(TranscriptTest.class);
        return Stream.of(test.value())
                .flatMap(name -> files(beside, name))
                .map(name -> Transcript.resource(beside, name))
                .flatMap(transcript -> Stream.of(Way.values())
                        .filter(transcript.ways()::contains)
                        .map(way -> new Invocation(new TranscriptRun(transcript, way))));
    }

    private static Stream<String> files(Class<?> beside, String name) {
        if (!name.endsWith("/")) {
            return Stream.of(name);
        }
        URL folder = beside.getResource(name);
        if (folder == null || !folder.getProtocol().equals("file")) {
            throw new ExtensionConfigurationException("no folder " + name + " on the class path of " + beside);
        }
        try (Stream<Path> inside = Files.list(Path.of(folder.toURI()))) {
            List<String> found = inside.map(path -> name + path.getFileName())
                    .filter(file -> file.endsWith(".smtp"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new ExtensionConfigurationException("no transcript in " + name);
            }
            return found.stream();
        } catch (IOException | URISyntaxException unreadable) {
            throw new ExtensionConfigurationException("cannot list " + name, unreadable);
        }
    }

    private record Invocation(TranscriptRun run) implements TestTemplateInvocationContext, ParameterResolver {

        @Override
        public String getDisplayName(int index) {
            return run.transcript().name() + " " + run.way().name().toLowerCase(Locale.ROOT);
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TranscriptRun.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return run;
        }
    }
}
