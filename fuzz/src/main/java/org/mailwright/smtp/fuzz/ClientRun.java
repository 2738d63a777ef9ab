package org.mailwright.smtp.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mailwright.smtp.core.client.ClientOwner;
import org.mailwright.smtp.core.client.ClientSession;
import org.mailwright.smtp.core.client.MailJob;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.transport.MemoryTransport;

/** Plays a script to a client session, as its server, and checks what must hold at every moment. */
final class ClientRun implements ClientOwner {

    private static final int MOST_TURNS = 100_000;
    private static final int MOST_WAITS = 100;
    private static final long MOST_KEPT = 512 * 1024;

    private final ClientSetup setup;
    private final Cuts cuts;
    private final ClientSession session;
    private final MemoryTransport transport;
    private final PolitePeer polite;
    private final List<CompletableFuture<String>> streams = Collections.synchronizedList(new ArrayList<>());
    private final List<Job> jobs = new ArrayList<>();
    private final StringBuilder said = new StringBuilder();
    private final List<String> news = new ArrayList<>();
    private boolean ready;
    private boolean closed;
    private boolean inputEnded;
    private boolean idle;
    private int wanted;

    ClientRun(ClientSetup setup, Cuts cuts) {
        this.setup = setup;
        this.cuts = cuts;
        this.wanted = setup.mails();
        this.session = new ClientSession("c", setup.config(), setup.profile(), setup.destination(), this);
        this.transport = new MemoryTransport(setup.transport());
        this.polite = new PolitePeer(setup.config().lmtp());
    }

    /** One mail and its result. */
    private final class Job implements MailJob {
        private final int number;
        private final OutgoingMail mail;
        private boolean cancelled;
        private Optional<MailResult> result = Optional.empty();

        Job(int number) {
            this.number = number;
            this.mail = setup.mail(number, streams);
        }

        @Override
        public OutgoingMail mail() {
            return mail;
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }

        @Override
        public void done(MailResult of) {
            Check.that(result.isEmpty(), "a mail has two results");
            Check.that(!closed, "a result behind the end");
            result = Optional.of(of);
            Check.same(
                    mail.recipients(),
                    of.recipients().stream().map(one -> one.recipient()).toList(),
                    "recipients with a result");
            news.add(of.toString());
        }

        boolean accepted() {
            return result.orElseThrow().recipients().stream()
                    .anyMatch(one -> one.outcome().isAccepted());
        }
    }

    /** Returns what is the same however the octets of a line are cut. */
    List<String> transcript() {
        List<String> all = new ArrayList<>(news);
        all.add(said.toString());
        return all;
    }

    /** Plays the script, then lets time pass until the client has given up. */
    void play() {
        transport.begin(session);
        settle();
        for (Script.Act act : setup.script().acts()) {
            switch (act) {
                case Script.Act.Octets(String octets) -> feedLines(Check.octets(octets));
                case Script.Act.Event(char what) -> happen(what);
            }
            settle();
            checkAwake();
        }
        for (int i = 0; i < MOST_WAITS && transport.isOpen() && active(); i++) {
            happen(transport.handshake().isPresent() ? 'X' : 'D');
            settle();
        }
        Check.that(!transport.isOpen() || !active(), "the client waits for ever");
        Check.that(Retained.octets(session) <= MOST_KEPT, "the client keeps too much");
        transport.disconnect("over");
        settle();
        checkEnd();
    }

    private void happen(char what) {
        if (!transport.isOpen()) {
            return;
        }
        switch (what) {
            case 'A' -> answer(polite.answers());
            case 'N' -> answer(polite.refusals(550));
            case 'L' -> answer(polite.refusals(450));
            case 'D' -> transport.deadline().ifPresent(time -> transport.advance(time.plus(Duration.ofSeconds(1))));
            case 'E' -> {
                if (!inputEnded) {
                    inputEnded = true;
                    transport.endInput();
                }
            }
            case 'T' -> {
                if (transport.handshake().isPresent()) {
                    transport.secure(new FixedTls());
                }
            }
            case 'X' -> transport.disconnect("lost");
            case 'Q' -> {
                session.quit();
                transport.run();
            }
            case 'W' -> {
                wanted = Math.min(wanted + 1, jobs.size() + 2);
                session.wake();
                transport.run();
            }
            case 'C' -> jobs.forEach(job -> job.cancelled = true);
            default -> {} // only cuts the octets
        }
    }

    private void answer(List<String> answers) {
        for (String answer : answers) {
            feed(Check.octets(answer));
            polite.went(answer);
            settle();
        }
    }

    /** Feeds line by line: a client may take a second reply in one piece for an answer to what it has not asked yet. */
    private void feedLines(byte[] octets) {
        int from = 0;
        for (int at = 0; at < octets.length; at++) {
            if (octets[at] == '\n' || at + 1 == octets.length) {
                byte[] line = Arrays.copyOfRange(octets, from, at + 1);
                polite.answered(Check.latin(line));
                feed(line);
                settle();
                from = at + 1;
            }
        }
    }

    private void feed(byte[] octets) {
        cuts.of(octets, 0, octets.length, (from, to) -> {
            if (!transport.isOpen() || inputEnded || transport.handshake().isPresent()) {
                return false;
            }
            transport.feed(Arrays.copyOfRange(octets, from, to));
            return true;
        });
    }

    private void settle() {
        int turns = 0;
        boolean more = true;
        while (more) {
            Check.that(++turns < MOST_TURNS, "the client never comes to rest");
            more = transport.offloaded();
            if (more) {
                transport.runOffloaded();
            }
            String octets = transport.take();
            said.append(octets);
            polite.hear(octets);
            more |= !octets.isEmpty();
        }
    }

    /** A client that awaits something must have a deadline, or it may wait for ever. */
    private void checkAwake() {
        boolean waits = transport.isOpen() && transport.handshake().isEmpty() && (!ready || active());
        Check.that(!idle || jobs.stream().allMatch(job -> job.result.isPresent()), "idle with a mail under way");
        Check.that(!waits || transport.deadline().isPresent(), "the client waits without a deadline");
    }

    private boolean active() {
        return jobs.stream().anyMatch(job -> job.result.isEmpty()) || !ready;
    }

    private void checkEnd() {
        Check.that(closed, "the owner is not told of the end");
        for (Job job : jobs) {
            Check.that(job.result.isPresent(), "a mail has no result");
            if (job.accepted()) {
                Check.that(said.indexOf(sent(job)) >= 0, "a mail was accepted that was not sent whole");
            }
        }
        if (!setup.binary()) {
            String whole = said.substring(0, said.lastIndexOf("\r\n") < 0 ? 0 : said.lastIndexOf("\r\n") + 2);
            Check.onlyCrlf(Check.octets(whole), "what the client says");
        }
        for (CompletableFuture<String> stream : streams) {
            try {
                stream.get(10, TimeUnit.SECONDS);
            } catch (Exception never) {
                throw new AssertionError("a stream was never closed", never);
            }
        }
    }

    /** Returns what has gone out at least for a mail: the line of its last octets may be cut by chunks. */
    private String sent(Job job) {
        String content = setup.content(job.number);
        String tail = content.substring(Math.max(0, content.length() - 6))
                .replace("\r", "")
                .replace("\n", "");
        return tail.replace(".", "");
    }

    @Override
    public void ready(PeerView peer) {
        Check.that(!ready && !closed, "ready twice, or too late");
        ready = true;
        news.add("ready " + peer.keywords());
    }

    @Override
    public Optional<MailJob> next() {
        Check.that(ready && !closed, "asks for a mail and is not ready");
        if (jobs.size() >= wanted) {
            return Optional.empty();
        }
        Job job = new Job(jobs.size());
        jobs.add(job);
        idle = false;
        return Optional.of(job);
    }

    @Override
    public void idle() {
        idle = true;
        news.add("idle");
    }

    @Override
    public void closed(boolean wasReady, Outcome outcome) {
        Check.that(!closed, "closed twice");
        Check.same(ready, wasReady, "ready");
        closed = true;
        news.add("closed " + outcome);
    }
}
