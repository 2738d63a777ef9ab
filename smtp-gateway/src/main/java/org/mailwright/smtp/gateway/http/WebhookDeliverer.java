package org.mailwright.smtp.gateway.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.gateway.http.WebhookSignature.Claims;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts mail to a URL, one request per recipient: the mail as the body (message/rfc822), and in fields
 * {@code X-Envelope-From} and {@code X-Envelope-To} (without brackets, percent-encoded but for letters, digits and
 * {@code @ . _ + - = ~}), {@code X-Mail-Id}, {@code Idempotency-Key}, {@code X-Timestamp} and {@code X-Signature} (see
 * {@link WebhookSignature}).
 *
 * <p>2xx takes the mail; 408, 429 and 5xx are tried again; other 4xx refuse it; 3xx is not followed.
 *
 * @since 0.1.0
 */
public final class WebhookDeliverer implements Deliverer {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDeliverer.class);
    private static final Reply NOT_OURS = Reply.of(451, "4.3.2", "Another server may be delivering the mail");
    private static final Reply STOPPED = Reply.of(451, "4.3.2", "The server stops; tried again later");
    private static final Reply UNREADABLE = Reply.of(451, "4.3.0", "The mail cannot be read; tried again later");
    private static final Reply NOT_THERE = Reply.of(451, "4.4.1", "The webhook does not answer");
    private static final Reply NO_ANSWER = Reply.of(451, "4.4.2", "The webhook gave no answer");
    private static final String PLAIN = "@._+-=~";

    private final WebhookConfig config;
    private final HttpClient client;
    private final InstantSource clock;

    /**
     * A deliverer.
     *
     * @param tls which hosts it trusts; empty for what the JDK trusts
     * @param clock gives the time that is signed
     */
    public WebhookDeliverer(WebhookConfig config, Optional<SSLContext> tls, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(config.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        List<DeliveryResult> results = new ArrayList<>();
        boolean stopped = false;
        for (Recipient recipient : request.recipients()) {
            Outcome outcome = new Outcome.Failed(STOPPED, Moment.PREPARE);
            try {
                outcome = stopped ? outcome : one(request, recipient);
            } catch (InterruptedException e) {
                if (results.stream().noneMatch(result -> result.outcome().isAccepted())) {
                    throw e;
                }
                stopped = true; // what was delivered has to be settled
            }
            results.add(new DeliveryResult(
                    outcome, Action.RELAYED, Optional.of(config.url().getHost())));
        }
        if (stopped) {
            Thread.currentThread().interrupt();
        }
        return results;
    }

    private Outcome one(DeliveryRequest request, Recipient recipient) throws InterruptedException {
        Claims claims = new Claims(
                Long.toString(clock.instant().getEpochSecond()),
                request.message().id() + "-" + encoded(recipient.path().path()),
                encoded(request.reversePath().path()),
                encoded(recipient.path().path()));
        AtomicBoolean begun = new AtomicBoolean();
        HttpRequest post;
        try (Counted body = new Counted(request.content().open())) {
            String signature = config.signature().sign(claims, body);
            post = HttpRequest.newBuilder(config.url())
                    .timeout(config.time())
                    .header("Content-Type", "message/rfc822")
                    .header("X-Envelope-From", claims.from())
                    .header("X-Envelope-To", claims.to())
                    .header("X-Mail-Id", request.message().id())
                    .header("Idempotency-Key", claims.idempotencyKey())
                    .header("X-Timestamp", claims.timestamp())
                    .header("X-Signature", signature)
                    .POST(ofLength(body.count, HttpRequest.BodyPublishers.ofInputStream(() -> {
                        begun.set(true);
                        return opened(request);
                    })))
                    .build();
        } catch (IOException e) {
            return new Outcome.Refused(UNREADABLE, Moment.PREPARE);
        }
        if (!request.stillOurs().getAsBoolean()) {
            return new Outcome.Failed(NOT_OURS, Moment.PREPARE);
        }
        return sent(post, begun);
    }

    /** With a length, for many programs behind a web server see no body that comes in chunks. */
    private static HttpRequest.BodyPublisher ofLength(long length, HttpRequest.BodyPublisher body) {
        return length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.fromPublisher(body, length);
    }

    /** Knows how much was read. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count += octet < 0 ? 0 : 1;
            return octet;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            int read = super.read(octets, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }

    private static InputStream opened(DeliveryRequest request) {
        try {
            return request.content().open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome sent(HttpRequest post, AtomicBoolean begun) throws InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> answer = client.sendAsync(post, BodyHandlers.ofInputStream());
        try {
            HttpResponse<InputStream> head = answer.get(config.time().toNanos(), TimeUnit.NANOSECONDS);
            forget(head.body());
            return outcome(head.statusCode());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Outcome.Unknown(NO_ANSWER);
        } catch (ExecutionException e) {
            boolean before = e.getCause() instanceof ConnectException
                    || e.getCause() instanceof HttpConnectTimeoutException
                    || !begun.get();
            return before ? new Outcome.Failed(NOT_THERE, Moment.CONNECT) : new Outcome.Unknown(NO_ANSWER);
        }
    }

    /** What is said besides the status interests nobody, and may have no end. */
    private static void forget(InputStream said) {
        try {
            said.close();
        } catch (IOException gone) {
            LOG.debug("webhook: {}", gone.toString());
        }
    }

    private static Outcome outcome(int status) {
        String said = "The webhook answered " + status;
        return switch (status / 100) {
            case 2 -> new Outcome.Accepted(Reply.of(250, "2.0.0", said));
            case 3 -> new Outcome.Refused(Reply.of(451, "4.3.5", said + ", which is not followed"), Moment.CONTENT);
            case 4 ->
                status == 408 || status == 429
                        ? new Outcome.Refused(Reply.of(451, "4.3.2", said), Moment.CONTENT)
                        : new Outcome.Refused(Reply.of(554, "5.3.0", said), Moment.CONTENT);
            default -> new Outcome.Refused(Reply.of(451, "4.3.0", said), Moment.CONTENT);
        };
    }

    /** An address fit for a field: nothing in it can end the field or begin another. */
    private static String encoded(String path) {
        StringBuilder out = new StringBuilder();
        for (byte octet : path.substring(1, path.length() - 1).getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (octet >= 'a' && octet <= 'z')
                    || (octet >= 'A' && octet <= 'Z')
                    || (octet >= '0' && octet <= '9')
                    || PLAIN.indexOf(octet) >= 0;
            if (plain) {
                out.append((char) octet);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return out.toString();
    }

    /** Ends at once what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
