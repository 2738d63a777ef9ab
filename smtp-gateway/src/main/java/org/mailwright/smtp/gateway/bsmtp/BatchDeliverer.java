package org.mailwright.smtp.gateway.bsmtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.gateway.bsmtp.BatchConfig.Keyword;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes mail as batches (RFC 2442) into a folder, from where others carry it on: one file for each mail, or one for
 * those that come for a destination within a short time. A file appears whole, with a name that ends in {@code .bsmtp};
 * files that begin with a dot are not to be read.
 *
 * @since 0.1.0
 */
public final class BatchDeliverer implements Deliverer {
    private static final Logger LOG = LoggerFactory.getLogger(BatchDeliverer.class);
    private static final Reply WRITTEN = Reply.of(250, "2.0.0", "Written to a batch");
    private static final Reply NOT_OURS = Reply.of(451, "4.3.2", "Another server may be delivering the mail");
    private static final Reply UNREADABLE = Reply.of(451, "4.3.0", "The mail cannot be read; tried again later");
    private static final Reply FAILED = Reply.of(451, "4.3.0", "The batch cannot be written; tried again later");
    private static final Reply FULL = Reply.of(452, "4.3.1", "There is no room for the batch now");
    private static final Reply NO_UTF8 = Reply.of(550, "5.6.7", "The readers of batches take US-ASCII addresses only");

    private final BatchConfig config;
    private final Map<String, Gathering> destinations = new ConcurrentHashMap<>();

    /** A deliverer into the folder of a configuration. */
    public BatchDeliverer(BatchConfig config) {
        this.config = config;
    }

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) {
        boolean anyAddress = config.agreed().contains(Keyword.SMTPUTF8);
        List<DeliveryResult> results = new ArrayList<>(
                Collections.nCopies(request.recipients().size(), result(new Outcome.Refused(NO_UTF8, Moment.PREPARE))));
        if (!anyAddress && !request.reversePath().isAscii()) {
            return results;
        }
        List<Recipient> takers = request.recipients().stream()
                .filter(one -> anyAddress || one.path().isAscii())
                .toList();
        if (takers.isEmpty()) {
            return results;
        }
        DeliveryResult written = result(write(request, takers));
        for (int i = 0; i < results.size(); i++) {
            if (takers.contains(request.recipients().get(i))) {
                results.set(i, written);
            }
        }
        return results;
    }

    private static DeliveryResult result(Outcome outcome) {
        return new DeliveryResult(outcome, Action.RELAYED, Optional.empty());
    }

    private Outcome write(DeliveryRequest request, List<Recipient> takers) {
        if (!request.stillOurs().getAsBoolean()) {
            return new Outcome.Failed(NOT_OURS, Moment.PREPARE);
        }
        Gathering gathering = config.gather().isZero()
                ? new Gathering(config.gather())
                : destinations.computeIfAbsent(
                        request.lane().toString(), destination -> new Gathering(config.gather()));
        try {
            gathering.add(
                    () -> BatchFile.begin(target(request, takers), config.hostname()),
                    file -> append(file, request, takers));
            return new Outcome.Accepted(WRITTEN);
        } catch (BatchFile.UnreadableException e) {
            LOG.warn("mail {}: {}", request.message().id(), e.toString());
            return new Outcome.Refused(UNREADABLE, Moment.CONTENT);
        } catch (NotOursException e) {
            return new Outcome.Failed(NOT_OURS, Moment.CONTENT);
        } catch (IOException e) {
            LOG.warn("mail {}: {}", request.message().id(), e.toString());
            boolean full = String.valueOf(e.getMessage()).contains("No space left");
            return new Outcome.Failed(full ? FULL : FAILED, Moment.CONNECT);
        } finally {
            // whoever has found it meanwhile has a file of his own
            if (!gathering.isOpen()) {
                destinations.remove(request.lane().toString(), gathering);
            }
        }
    }

    /** Says that another node may be delivering the mail. */
    private static final class NotOursException extends IOException {
        private static final long serialVersionUID = 1;
    }

    private void append(BatchFile file, DeliveryRequest request, List<Recipient> takers) throws IOException {
        file.envelope(
                mail(request, takers),
                takers.stream().map(one -> "RCPT TO:" + one.path().path()).toList());
        file.content(request.content());
        if (!request.stillOurs().getAsBoolean()) {
            throw new NotOursException();
        }
    }

    private String mail(DeliveryRequest request, List<Recipient> takers) {
        StringBuilder line =
                new StringBuilder("MAIL FROM:").append(request.reversePath().path());
        if (config.agreed().contains(Keyword.SIZE)) {
            line.append(" SIZE=").append(request.message().size());
        }
        if (config.agreed().contains(Keyword.EIGHT_BIT_MIME)
                && request.content().content() != Body.Content.SEVEN_BIT) {
            line.append(" BODY=8BITMIME");
        }
        boolean ascii = request.reversePath().isAscii()
                && takers.stream().allMatch(one -> one.path().isAscii());
        return ascii ? line.toString() : line.append(" SMTPUTF8").toString();
    }

    /** The same mail to the same recipients has the same name each time, so that a second attempt is no second file. */
    private Path target(DeliveryRequest request, List<Recipient> takers) {
        StringBuilder name = new StringBuilder();
        for (byte octet : request.lane().destination().getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9') || octet == '-';
            if (name.length() >= 100) {
                break; // it is there for people; the rest of the name tells files apart
            }
            name.append(plain || (octet == '.' && !name.isEmpty()) ? (char) octet : '_');
        }
        return config.folder().resolve(name + "." + request.message().id() + "." + digest(takers) + ".bsmtp");
    }

    private static String digest(List<Recipient> takers) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            takers.forEach(one -> sha.update((one.path().path() + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
