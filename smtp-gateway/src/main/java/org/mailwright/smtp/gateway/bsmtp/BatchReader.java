package org.mailwright.smtp.gateway.bsmtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.ServerSession;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.session.Timeouts;
import org.mailwright.smtp.core.transport.MemoryTransport;

/**
 * Takes in batches (application/batch-SMTP, RFC 2442): a server session without a socket, whose client is a file. It
 * has the verbs, gates and bounds that its extensions give it, like any listener; there is no time-out, for nobody is
 * waited for. Safe for any number of threads; each batch is read in the thread that asks for it.
 *
 * @since 0.1.0
 */
public final class BatchReader {
    private static final String GO_AHEAD = "354";
    private static final String ANSWER = "334";

    private final ListenerProfile profile;
    private final List<Extension> extensions;
    private final MessageSink sink;
    private final Supplier<String> ids;
    private final MemoryTransport.Options addresses;

    /**
     * A reader.
     *
     * @param profile what it takes mail as, with its bounds
     * @param extensions verbs and gates, built-in commands included
     * @param sink takes the mails
     * @param ids draws names for sessions and mails
     * @param addresses what the sessions see as addresses of client and server
     * @throws IllegalArgumentException when extensions clash or miss another, naming them
     */
    public BatchReader(
            ListenerProfile profile,
            List<? extends Extension> extensions,
            MessageSink sink,
            Supplier<String> ids,
            MemoryTransport.Options addresses) {
        Timeouts times = profile.timeouts();
        this.profile = profile.with(
                new Timeouts(Duration.ZERO, times.command(), times.dataBlock(), times.minimumRate(), times.stranger()));
        this.extensions = List.copyOf(extensions);
        this.sink = sink;
        this.ids = ids;
        // replies are taken after each line: nothing is ever held back
        this.addresses = new MemoryTransport.Options(addresses.remote(), addresses.local(), false, Integer.MAX_VALUE);
        service(new BatchLog(mail -> {})); // says what does not fit together
    }

    private SmtpService service(BatchLog log) {
        List<Extension> all = new ArrayList<>(extensions);
        all.add(log);
        return new SmtpService(profile, all, sink, ids);
    }

    /**
     * Reads a batch to its end.
     *
     * @param in left open
     * @param each told what became of each mail, in their order, as soon as it is known; must not throw
     */
    public BatchReport read(InputStream in, Consumer<? super BatchMail> each) {
        BatchLog log = new BatchLog(each);
        MemoryTransport session = new MemoryTransport(addresses);
        session.begin(new ServerSession(service(log)));
        session.take();
        Optional<String> broken;
        try {
            broken = new Reading(new BatchInput(in), session).toTheEnd();
        } catch (IOException e) {
            broken = Optional.of("the batch cannot be read: " + e.getMessage());
        }
        if (session.isOpen()) {
            session.disconnect("the batch has ended");
        }
        return log.report(broken);
    }

    /** One batch on its way into a session. */
    private record Reading(BatchInput in, MemoryTransport session) {

        /** Returns why the batch was left before its QUIT. */
        Optional<String> toTheEnd() throws IOException {
            String reply = "";
            while (session.isOpen()) {
                if (!in.next()) {
                    return Optional.of("the batch ended without QUIT");
                }
                boolean command = !reply.equals(ANSWER);
                String line = in.text();
                reply = feedLine();
                String verb = line.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
                if (command && verb.equals("DATA")) {
                    content(reply.equals(GO_AHEAD));
                } else if (command && verb.equals("BDAT") && !chunk(line, reply.isEmpty())) {
                    return Optional.of("BDAT does not say how many octets follow");
                }
            }
            return Optional.of("the server ended the session: " + reply);
        }

        /** Feeds the rest of a line; returns the code of the last reply, empty when there was none. */
        private String feedLine() throws IOException {
            feed(in.piece());
            while (!in.ends() && in.next()) {
                feed(in.piece());
            }
            return code(session.takeOctets());
        }

        private static String code(byte[] replies) {
            String[] lines = new String(replies, StandardCharsets.ISO_8859_1).split("\r\n", -1);
            String last = lines.length < 2 ? "" : lines[lines.length - 2];
            return last.substring(0, Math.min(3, last.length()));
        }

        /** Feeds a content, or passes over one that the server does not want. */
        private void content(boolean wanted) throws IOException {
            boolean over = false;
            while (!over && session.isOpen() && in.next()) {
                over = in.isDot();
                if (wanted) {
                    feed(in.piece());
                }
            }
            settle(wanted);
        }

        /** The writer of the batch believes that a mail is over whose content the server did not want. */
        private void settle(boolean wanted) {
            if (!wanted) {
                feed("RSET\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            session.takeOctets();
        }

        /** The same for a chunk of octets; returns false when nobody knows where it ends. */
        private boolean chunk(String line, boolean wanted) throws IOException {
            String[] words = line.strip().split(" +", -1);
            if (words.length < 2 || !words[1].matches("[0-9]{1,18}")) {
                return false;
            }
            long left = Long.parseLong(words[1]);
            while (left > 0 && session.isOpen()) {
                byte[] octets = in.raw(left);
                if (octets.length == 0) {
                    return true; // the end of the input comes next
                }
                left -= octets.length;
                if (wanted) {
                    feed(octets);
                }
            }
            settle(wanted);
            return true;
        }

        private void feed(byte[] octets) {
            if (session.isOpen() && octets.length > 0) {
                session.feed(octets);
            }
        }
    }
}
