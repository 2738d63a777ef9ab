package org.mailwright.smtp.distribution.assembly;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.distribution.config.LocalDelivery;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.mailbox.DiscardSink;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.mailbox.MaildirSink;
import org.mailwright.smtp.mailbox.MaildirStore;
import org.mailwright.smtp.queue.MailQueue;

/** Mail is delivered before its 250. */
record DirectFlow(MessageSink sink, List<Extension> extensions) implements MailFlow {

    static DirectFlow of(ServerConfig config, LocalRecipients recipients, List<Extension> extensions)
            throws AssemblyException {
        return switch (config.delivery().local()) {
            case LocalDelivery.Discard discard -> new DirectFlow(new DiscardSink(), extensions);
            case LocalDelivery.Maildir maildir ->
                new DirectFlow(
                        new MaildirSink(
                                new MaildirStore(config.delivery().maildir(), config.hostname()),
                                recipients,
                                InstantSource.system()),
                        extensions);
            case LocalDelivery.Mbox mbox -> throw needsQueue("mbox");
            case LocalDelivery.Lmtp lmtp -> throw needsQueue("lmtp");
            case LocalDelivery.Pipe pipe -> throw needsQueue("pipe");
        };
    }

    private static AssemblyException needsQueue(String form) {
        return new AssemblyException(
                "queue.store: expected a queue, for delivery.local is " + form + ", found \"none\"");
    }

    @Override
    public Optional<MailQueue> queue() {
        return Optional.empty();
    }

    @Override
    public void start() {}

    @Override
    public void stop(Duration patience) {}
}
