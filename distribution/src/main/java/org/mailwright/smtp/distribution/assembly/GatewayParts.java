package org.mailwright.smtp.distribution.assembly;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.gateway.bsmtp.BatchConfig;
import org.mailwright.smtp.gateway.bsmtp.BatchDeliverer;
import org.mailwright.smtp.gateway.http.WebhookConfig;
import org.mailwright.smtp.gateway.http.WebhookDeliverer;
import org.mailwright.smtp.gateway.http.WebhookSignature;
import org.mailwright.smtp.gateway.pipe.PipeConfig;
import org.mailwright.smtp.gateway.pipe.PipeDeliverer;
import org.mailwright.smtp.queue.Deliverer;

/** What a server has of smtp-gateway: ways out that are no connections to mail servers. */
final class GatewayParts {
    private GatewayParts() {}

    /** To a program, which reads addresses as mailboxes here are read. */
    static Deliverer pipe(ServerConfig config, PipeConfig program) {
        return LocalParts.lines(new PipeDeliverer(
                program.withAddresses(config.users().detailSeparator(), program.nullSender(), config.mainDomain())));
    }

    static Deliverer webhook(URI url, Path secretFile) throws AssemblyException {
        try {
            WebhookSignature signature =
                    new WebhookSignature(firstLine(secretFile).getBytes(StandardCharsets.UTF_8));
            return new WebhookDeliverer(WebhookConfig.of(url, signature), Optional.empty(), InstantSource.system());
        } catch (IOException e) {
            throw new AssemblyException("route.secret-file: " + secretFile + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new AssemblyException("route.secret-file: " + secretFile + ": " + e.getMessage(), e);
        }
    }

    /** Into a folder, which is made where it is not there. */
    static Deliverer batch(ServerConfig config, Path folder) throws AssemblyException {
        try {
            Files.createDirectories(folder);
            return LocalParts.lines(new BatchDeliverer(BatchConfig.of(folder, config.hostname())));
        } catch (IOException e) {
            throw new AssemblyException("route.to: " + folder + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static String firstLine(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String line = in.readLine();
            return line == null ? "" : line.strip();
        }
    }
}
