package org.mailwright.smtp.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.command.EsmtpParameters;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Observer;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.ServerSession;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.core.wire.DotEncoder;

/**
 * Takes mails that came by HTTP through a session each, so that gates, content stages and sink see what they see of a
 * submission by SMTP. Verbs of its own, which no client can reach, present the client and its mail in one go.
 */
final class PostSession implements Extension, Observer {
    private static final String POST = "XPOST";
    private static final String SECURE = "XSECURE";
    private static final Reply GO_AHEAD = Reply.of(354, "The content");
    private static final Reply FAILED = Reply.of(451, "4.3.0", "Local error in processing");
    private static final int BUFFER = 16 * 1024;

    private final SmtpService service;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final AtomicLong keys = new AtomicLong();

    /** One mail in its session, which runs in one thread. */
    private static final class Running {
        private final MailPost post;
        private @Nullable Reply refusal;
        private MailPost.@Nullable Answer answer;

        Running(MailPost post) {
            this.post = post;
        }
    }

    PostSession(ListenerProfile profile, List<? extends Extension> extensions, MessageSink sink, Supplier<String> ids) {
        List<Extension> all = new ArrayList<>(extensions);
        all.add(this);
        this.service = new SmtpService(profile, all, sink, ids);
    }

    @Override
    public String id() {
        return POST;
    }

    @Override
    public void server(ServerSide side) {
        side.verb(
                VerbSpec.of(SECURE).in(Phase.CONNECTED).with(Trait.BEFORE_TLS, Trait.BEFORE_AUTHENTICATION),
                (command, session) ->
                        new Step.UpgradeTls(Reply.of(220, "It is secured already"), SessionTls.ELSEWHERE));
        side.verb(
                VerbSpec.of(POST)
                        .in(Phase.CONNECTED)
                        .with(Trait.BEFORE_TLS, Trait.BEFORE_AUTHENTICATION)
                        .running(Stage.HELLO, Stage.AUTH, Stage.MAIL, Stage.RCPT, Stage.DATA),
                this::begin);
        side.observer(this);
    }

    private Step begin(Command command, Session session) throws SmtpException, IOException {
        Running one = running.get(command.arguments());
        if (one == null) {
            throw new IOException("no mail is called " + command.arguments());
        }
        try {
            MailPost post = one.post;
            running.put(session.id(), one);
            session.greet(
                    new Hello(AddressLiteral.of(post.remote().getAddress()).toString(), true));
            session.authenticated(post.identity());
            session.begin(post.from(), parameters(post));
            for (ForwardPath recipient : post.to()) {
                session.recipient(recipient, EsmtpParameters.NONE);
            }
            return new Step.Receive(GO_AHEAD, session.mail());
        } catch (SmtpException refused) {
            one.refusal = refused.reply();
            throw refused;
        }
    }

    private EsmtpParameters parameters(MailPost post) throws SmtpException {
        List<String> offered = service.keywords();
        boolean ascii = post.from().isAscii() && post.to().stream().allMatch(ForwardPath::isAscii);
        StringBuilder text = new StringBuilder();
        if (offered.contains("SIZE")) {
            text.append(" SIZE=").append(post.content().size());
        }
        if (offered.contains("8BITMIME") && post.content().isEightBit()) {
            text.append(" BODY=8BITMIME");
        }
        if (offered.contains("SMTPUTF8") && !ascii) {
            text.append(" SMTPUTF8");
        }
        return text.isEmpty() ? EsmtpParameters.NONE : EsmtpParameters.parse(text.toString(), 0);
    }

    @Override
    public void mail(SessionView session, Envelope envelope, long octets, List<Reply> replies) {
        Running one = running.get(session.id());
        if (one != null) {
            one.answer = new MailPost.Answer(Optional.of(envelope.id()), replies.get(0));
        }
    }

    @Override
    public void closed(SessionView session, String why) {
        running.remove(session.id());
    }

    /** Gives a mail to its session; returns what was said of it. */
    MailPost.Answer take(MailPost post) throws IOException {
        // no id of a session looks like this
        String key = "-" + keys.incrementAndGet();
        Running one = new Running(post);
        running.put(key, one);
        MemoryTransport transport =
                new MemoryTransport(new MemoryTransport.Options(post.remote(), post.local(), false, Integer.MAX_VALUE));
        try {
            transport.begin(new ServerSession(service));
            if (!transport.isOpen()) {
                return new MailPost.Answer(Optional.empty(), goodbye(transport.take()));
            }
            post.tls().ifPresent(tls -> {
                transport.presetTls(tls);
                transport.feed(SECURE + "\r\n");
            });
            transport.takeOctets();
            transport.feed(POST + " " + key + "\r\n");
            if (transport.take().startsWith("354")) {
                content(post, transport);
            }
        } finally {
            running.remove(key);
            if (transport.isOpen()) {
                transport.disconnect("");
            }
        }
        MailPost.Answer answer = one.answer;
        Reply refusal = one.refusal;
        return answer != null ? answer : new MailPost.Answer(Optional.empty(), refusal == null ? FAILED : refusal);
    }

    /** Reads the reply of a gate that does not let the client in. */
    private static Reply goodbye(String said) {
        String line = said.lines().findFirst().orElse("");
        return line.matches("[45][0-9]{2} .*")
                ? Reply.of(Integer.parseInt(line.substring(0, 3)), Reply.printable(line.substring(4)))
                : FAILED;
    }

    private static void content(MailPost post, MemoryTransport transport) throws IOException {
        DotEncoder encoder = new DotEncoder();
        byte[] buffer = new byte[BUFFER];
        byte[] encoded = new byte[DotEncoder.worstCase(BUFFER)];
        try (InputStream in = post.content().body().open()) {
            for (int count = in.read(buffer); count >= 0 && transport.isOpen(); count = in.read(buffer)) {
                feed(transport, encoded, encoder.encode(buffer, 0, count, encoded, 0));
            }
        }
        feed(transport, encoded, encoder.end(encoded, 0));
    }

    private static void feed(MemoryTransport transport, byte[] octets, int count) {
        if (transport.isOpen() && count > 0) {
            transport.feed(Arrays.copyOf(octets, count));
        }
    }
}
