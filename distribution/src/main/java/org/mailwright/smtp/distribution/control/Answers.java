package org.mailwright.smtp.distribution.control;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.distribution.control.ControlException.Kind;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.LaneSummary;
import org.mailwright.smtp.queue.QueueView;
import org.mailwright.smtp.queue.QueueView.Entry;
import org.mailwright.smtp.queue.QueueView.Selection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests, verb by verb. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    /** What becomes of mail, whoever does it, is told in one place. */
    private static final Logger DELIVERY = LoggerFactory.getLogger("org.mailwright.smtp.delivery");

    private static final int PART = 1200;

    private final Controlled controlled;

    Answers(Controlled controlled) {
        this.controlled = controlled;
    }

    /** The peer is gone: to be told apart from a queue that cannot be read. */
    private static final class WireException extends IOException {
        private static final long serialVersionUID = 1L;

        WireException(IOException cause) {
            super(cause);
        }
    }

    private interface Change {
        long apply(Selection selection) throws IOException, ControlException;
    }

    /**
     * Answers one request.
     *
     * @throws IOException when the peer is gone
     */
    void answer(String line, Wire wire) throws IOException {
        JsonObject end;
        try {
            end = answer(Request.read(line), wire);
        } catch (ControlException e) {
            refuse(wire, e.kind(), e.text());
            return;
        } catch (WireException e) {
            throw e;
        } catch (IOException e) {
            LOG.warn("an operator's request failed", e);
            refuse(wire, Kind.FAILED, "the request failed: " + e);
            return;
        } catch (RuntimeException e) {
            LOG.error("an operator's request failed", e);
            refuse(wire, Kind.FAILED, "the request failed; the log of the server says why");
            return;
        }
        wire.write("end " + end.text());
        wire.flush();
    }

    static void refuse(Wire wire, Kind kind, String text) throws IOException {
        wire.write("error "
                + new JsonObject()
                        .with("kind", kind.written())
                        .with("text", text)
                        .text());
        wire.flush();
    }

    private JsonObject answer(Request request, Wire wire) throws IOException, ControlException {
        return switch (request.verb()) {
            case PING -> new JsonObject().with("version", controlled.version());
            case RELOAD -> {
                ReloadOutcome outcome = controlled.reload().get();
                yield new JsonObject().with("done", outcome.done()).with("text", outcome.text());
            }
            case SUMMARY -> summary(request, wire);
            case LIST -> list(request, wire);
            case SHOW -> show(request, wire);
            case CONTENT -> content(request, wire);
            case HOLD -> change(request, queue().view()::hold);
            case RELEASE -> change(request, queue().view()::release);
            case DELETE -> change(request, this::delete);
            case REQUEUE -> {
                Requeue requeue = new Requeue(queue());
                JsonObject end = change(request, requeue::apply);
                yield end.with("left", requeue.left());
            }
            case FLUSH -> flush(request);
        };
    }

    private ControlledQueue queue() throws ControlException {
        return controlled
                .queue()
                .orElseThrow(() -> new ControlException(
                        Kind.NO_QUEUE, "this server keeps no queue: mail is delivered before it is accepted"));
    }

    private static void row(Wire wire, String text) throws WireException {
        try {
            wire.write("row " + text);
        } catch (IOException e) {
            throw new WireException(e);
        }
    }

    private static void block(Wire wire, String lines) throws WireException {
        try {
            wire.write("text", lines);
        } catch (IOException e) {
            throw new WireException(e);
        }
    }

    private JsonObject end() {
        return new JsonObject().with("now", controlled.clock().instant());
    }

    private JsonObject summary(Request request, Wire wire) throws IOException, ControlException {
        List<LaneSummary> lanes = queue().view().summary();
        Instant now = controlled.clock().instant();
        if (request.value("form").isPresent()) {
            new SummaryTable(block -> block(wire, block.toString()), now).make(lanes);
            return end();
        }
        for (LaneSummary lane : lanes) {
            row(wire, Rows.lane(lane, now).text());
        }
        return end();
    }

    private JsonObject list(Request request, Wire wire) throws IOException, ControlException {
        ControlledQueue queue = queue();
        long left = limit(request);
        long count = 0;
        boolean more = false;
        for (Selection selection : selections(request)) {
            long after = 0;
            DeliveryPages.Rest rest = DeliveryPages.Rest.PAGE;
            while (rest == DeliveryPages.Rest.PAGE && left > 0) {
                DeliveryPages.Page page = queue.pages().next(selection, after, left);
                for (Entry entry : page.entries()) {
                    row(wire, Rows.delivery(entry, controlled.clock().instant()).text());
                    after = entry.delivery().id();
                }
                count += page.entries().size();
                left -= page.entries().size();
                rest = page.rest();
            }
            more |= rest != DeliveryPages.Rest.NONE;
        }
        return end().with("count", count).with("more", more);
    }

    private static long limit(Request request) throws ControlException {
        Optional<String> limit = request.value("limit");
        try {
            long most = limit.isEmpty() ? Long.MAX_VALUE : Long.parseLong(limit.get());
            if (most > 0) {
                return most;
            }
        } catch (NumberFormatException ignored) {
            // said below
        }
        throw new ControlException(Kind.USAGE, "expected a limit of at least 1, found " + limit.orElse(""));
    }

    private JsonObject show(Request request, Wire wire) throws IOException, ControlException {
        Entry first = mail(request);
        row(
                wire,
                Rows.mail(first.delivery().message(), controlled.clock().instant())
                        .text());
        Selection selection = Selection.message(first.delivery().message().id());
        ControlledQueue queue = queue();
        long after = 0;
        DeliveryPages.Rest rest = DeliveryPages.Rest.PAGE;
        while (rest == DeliveryPages.Rest.PAGE) {
            DeliveryPages.Page page = queue.pages().next(selection, after, Long.MAX_VALUE);
            for (Entry entry : page.entries()) {
                row(wire, Rows.ofMail(entry, controlled.clock().instant()).text());
                after = entry.delivery().id();
            }
            rest = page.rest();
        }
        return end().with("more", rest != DeliveryPages.Rest.NONE);
    }

    private JsonObject content(Request request, Wire wire) throws IOException, ControlException {
        try (InputStream in =
                queue().content().apply(mail(request).delivery().message()).open()) {
            Base64.Encoder encoder = Base64.getEncoder();
            long octets = 0;
            for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                octets += part.length;
                row(
                        wire,
                        new JsonObject()
                                .with("octets", encoder.encodeToString(part))
                                .text());
            }
            return end().with("octets", octets);
        }
    }

    /** One delivery of the mail that the request names. */
    private Entry mail(Request request) throws IOException, ControlException {
        String id = request.value("mail")
                .orElseThrow(() -> new ControlException(Kind.USAGE, "expected the id of a mail, found nothing"));
        List<Entry> found = queue().view().list(Selection.message(id), 1);
        if (found.isEmpty()) {
            throw new ControlException(Kind.UNKNOWN_MAIL, "no mail in the queue has the id " + id);
        }
        return found.getFirst();
    }

    /** What is held is left, and counted: else a flush that changes nothing would look like one that is in vain. */
    private JsonObject flush(Request request) throws IOException, ControlException {
        QueueView view = queue().view();
        JsonObject end = change(request, request.value("tried").isPresent() ? view::retry : view::flush);
        long held = 0;
        for (Selection selection : selections(request)) {
            held += view.held(selection);
        }
        return end.with("held", held);
    }

    private long delete(Selection selection) throws IOException, ControlException {
        Map<String, Long> gone = queue().view().delete(selection);
        gone.forEach((mail, count) -> DELIVERY.atInfo()
                .addKeyValue("mail", mail)
                .addKeyValue("event", "deleted")
                .log("mail {} deleted by the operator, {} {}", mail, count, count == 1 ? "delivery" : "deliveries"));
        return gone.values().stream().mapToLong(Long::longValue).sum();
    }

    private JsonObject change(Request request, Change change) throws IOException, ControlException {
        if (request.value("mail").isPresent()) {
            mail(request);
        }
        List<Selection> selections = selections(request);
        boolean everything = selections.contains(Selection.ALL);
        if (everything
                && request.verb() != Request.Verb.FLUSH
                && request.value("all").isEmpty()) {
            throw new ControlException(Kind.USAGE, "expected a selection, or all, found neither");
        }
        long count = 0;
        for (Selection selection : selections) {
            count += change.apply(selection);
        }
        LOG.info("operator: {}: {} {}", request.line(), count, count == 1 ? "delivery" : "deliveries");
        return end().with("count", count);
    }

    /** What is selected: more than one selection where a destination without a way has several lanes. */
    private List<Selection> selections(Request request) throws IOException, ControlException {
        Optional<String> mail = request.value("mail");
        Optional<String> sender = request.value("sender");
        Optional<String> recipient = request.value("recipient");
        Optional<String> lane = request.value("lane");
        if (lane.isEmpty()) {
            return List.of(new Selection(mail, Optional.empty(), sender, recipient));
        }
        List<Selection> selections = new ArrayList<>();
        for (LaneName name : lanes(lane.get())) {
            selections.add(new Selection(mail, Optional.of(name), sender, recipient));
        }
        return selections;
    }

    private List<LaneName> lanes(String written) throws IOException, ControlException {
        if (written.indexOf('>') >= 0) {
            try {
                return List.of(LaneName.parse(written));
            } catch (IllegalArgumentException e) {
                throw new ControlException(Kind.USAGE, String.valueOf(e.getMessage()), e);
            }
        }
        QueueView view = queue().view();
        return view.summary().stream()
                .map(LaneSummary::lane)
                .filter(name -> name.destination().equalsIgnoreCase(written))
                .toList();
    }
}
