package org.mailwright.smtp.core.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.transport.MemoryTransport;

/** A client in memory: a test plays the server. */
final class ClientFixture implements ClientOwner {

    static final Extension PIPELINING = new Extension() {
        @Override
        public String id() {
            return "PIPELINING";
        }

        @Override
        public void client(ClientSide side) {
            side.negotiate("PIPELINING", words -> Optional.of(true), WellKnown.PIPELINING);
        }
    };

    final MemoryTransport transport;
    final ClientSession session;
    final ArrayDeque<MailJob> queue = new ArrayDeque<>();
    final List<Job> jobs = new ArrayList<>();
    final List<String> news = new ArrayList<>();
    Outcome ending = new Outcome.Unknown(org.mailwright.smtp.core.reply.Reply.of(451, "none yet"));

    ClientFixture(Extension... extensions) {
        this(ClientConfig.DEFAULTS, MemoryTransport.Options.DEFAULTS, extensions);
    }

    ClientFixture(ClientConfig config, MemoryTransport.Options options, Extension... extensions) {
        this(config, options, Destination.of("mx.example.org"), extensions);
    }

    ClientFixture(
            ClientConfig config, MemoryTransport.Options options, Destination destination, Extension... extensions) {
        transport = new MemoryTransport(options);
        session = new ClientSession("c1", config, ClientProfile.of(List.of(extensions)), destination, this);
    }

    /** One mail and its result. */
    static final class Job implements MailJob {
        final OutgoingMail mail;
        final List<MailResult> results = new ArrayList<>();
        boolean cancelled;

        Job(OutgoingMail mail) {
            this.mail = mail;
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
        public void done(MailResult result) {
            results.add(result);
        }

        Outcome outcome() {
            return outcome(0);
        }

        Outcome outcome(int recipient) {
            if (results.size() != 1) {
                throw new AssertionError(results.size() + " results");
            }
            return results.get(0).recipients().get(recipient).outcome();
        }
    }

    static OutgoingMail mail(String content, String... to) {
        return mail(Body.of(content.getBytes(StandardCharsets.UTF_8)), to);
    }

    static OutgoingMail mail(Body body, String... to) {
        List<ForwardPath> paths = new ArrayList<>();
        for (String one : to.length == 0 ? new String[] {"b@example.org"} : to) {
            paths.add(ForwardPath.parse("<" + one + ">"));
        }
        return OutgoingMail.of(ReversePath.parse("<a@example.net>"), paths, body);
    }

    Job send(OutgoingMail mail) {
        Job job = new Job(mail);
        jobs.add(job);
        queue.add(job);
        session.wake();
        transport.run();
        return job;
    }

    Job send(String content, String... to) {
        return send(mail(content, to));
    }

    /** Goes as far as ready, with these keywords offered. */
    ClientFixture ready(String... keywords) {
        transport.begin(session);
        reply("220 mx.example.org");
        transport.take();
        StringBuilder hello = new StringBuilder();
        for (String keyword : keywords) {
            hello.append("250-").append(keyword).append("\r\n");
        }
        reply("250-mx.example.org\r\n" + hello + "250 X-LAST");
        return this;
    }

    /** Lets the server say lines. */
    void reply(String lines) {
        transport.feed(lines + "\r\n");
    }

    /** Returns what the client has said since the last call. */
    String said() {
        return transport.take();
    }

    /** Lets the server say lines, and returns what the client says to that. */
    String answer(String lines) {
        reply(lines);
        return said();
    }

    @Override
    public void ready(PeerView peer) {
        news.add("ready " + peer.keywords());
    }

    @Override
    public Optional<MailJob> next() {
        return Optional.ofNullable(queue.poll());
    }

    @Override
    public void idle() {
        news.add("idle");
    }

    @Override
    public void closed(boolean ready, Outcome outcome) {
        news.add("closed " + ready);
        ending = outcome;
    }
}
