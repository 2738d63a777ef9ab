package org.mailwright.smtp.gateway.filter;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Passes mail through a content filter while its client waits, and answers what the filter says: what the filter does
 * not want never enters the queue, and nobody gets a report of it. The filter gives the mail back to another listener,
 * whose sink is the queue.
 *
 * <p>The content streams through, piece by piece: a mail of any size needs no more memory than a piece of it. The
 * filter sees the final dot only when the client has sent it and all gates have passed.
 *
 * @since 0.1.0
 */
public final class FilterSink implements MessageSink, AutoCloseable {
    private final SmtpClient client;
    private final ServerAddress filter;

    /**
     * A sink.
     *
     * @param client its connections are how many mails are filtered at the same time; closed with this
     * @param filter where the filter listens
     */
    public FilterSink(SmtpClient client, ServerAddress filter) {
        this.client = client;
        this.filter = filter;
    }

    @Override
    public Intake open(Envelope envelope) throws SmtpException, IOException {
        CompletableFuture<List<Reply>> replies = new CompletableFuture<>();
        Intake stream = MessageSink.reading((mail, content) -> {
                    List<Reply> said = filtered(mail, content);
                    replies.complete(said);
                    return new Acceptance(said).combined();
                })
                .open(envelope);
        return new Filtering(stream, replies);
    }

    private List<Reply> filtered(Envelope envelope, InputStream content) throws IOException {
        try {
            MailResult result =
                    client.send(filter, OutgoingMail.of(envelope, Body.once(OptionalLong.empty(), content)));
            return result.recipients().stream()
                    .map(one -> FilterAnswer.reply(one.outcome()))
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a mail was filtered");
        }
    }

    /** A mail on its way through the filter, with an answer for each recipient. */
    private record Filtering(Intake stream, CompletableFuture<List<Reply>> replies) implements Intake {
        @Override
        public void write(ByteBuffer octets) throws SmtpException, IOException {
            stream.write(octets);
        }

        @Override
        public Acceptance commit() throws SmtpException, IOException {
            stream.commit(); // returns when the filter has answered, and says one thing for all
            return new Acceptance(replies.join());
        }

        @Override
        public void abort() {
            stream.abort();
        }
    }

    /** Lets mails finish that are with the filter, and ends the connections. */
    @Override
    public void close() {
        client.close();
    }
}
