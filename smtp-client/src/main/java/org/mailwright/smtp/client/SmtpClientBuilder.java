package org.mailwright.smtp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.client.network.Connector;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.transport.mina.LoopConfig;

/**
 * Puts an {@link SmtpClient} together in code.
 *
 * @since 0.1.0
 */
public final class SmtpClientBuilder {

    private final List<Extension> extensions = new ArrayList<>();
    private SmtpClientConfig config;
    private Optional<Connector> connector = Optional.empty();

    SmtpClientBuilder(String hostname) {
        config = SmtpClientConfig.DEFAULTS.withDialogue(
                SmtpClientConfig.DEFAULTS.dialogue().withHostname(hostname));
    }

    /** Changes the configuration, such as {@code .configure(c -> c.withConnections(20))}. */
    public SmtpClientBuilder configure(UnaryOperator<SmtpClientConfig> change) {
        config = change.apply(config);
        return this;
    }

    /** Speaks LMTP (RFC 2033). */
    public SmtpClientBuilder lmtp() {
        config = config.withDialogue(config.dialogue().withLmtp(true));
        return this;
    }

    /** Installs an extension. */
    public SmtpClientBuilder with(Extension extension) {
        extensions.add(extension);
        return this;
    }

    /** Connects by this, which is closed with the client, and not by MINA with threads of its own. */
    public SmtpClientBuilder connector(Connector network) {
        connector = Optional.of(network);
        return this;
    }

    /** Returns the client. */
    public SmtpClient build() {
        return new SmtpClient(config, extensions, connector.orElseGet(() -> new MinaNetwork(LoopConfig.DEFAULTS)));
    }
}
