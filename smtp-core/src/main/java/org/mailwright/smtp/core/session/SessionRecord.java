package org.mailwright.smtp.core.session;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.EsmtpParameters;
import org.mailwright.smtp.core.extension.BodyReceiver;
import org.mailwright.smtp.core.extension.Observer;
import org.mailwright.smtp.core.extension.Preface;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.Origin;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.core.transport.Transport;

/** What is known of a conversation, and the rules by which handlers change it. */
final class SessionRecord implements Session {

    private static final Reply NO_MAIL = Reply.of(503, "5.5.1", "Need MAIL first");
    private static final Reply NESTED = Reply.of(503, "5.5.1", "Mail transaction already open");
    private static final Reply NO_RECIPIENTS = Reply.of(503, "5.5.1", "No valid recipients");
    private static final Reply LATE = Reply.of(503, "5.5.1", "The content has begun");
    static final Reply TOO_MANY = Reply.of(452, "4.5.3", "Too many recipients");
    private static final State CONNECTED = new State.Connected();

    private final SmtpService service;
    private final String id;
    private final Observers observers;
    private Preface.Ends ends;
    private State state = CONNECTED;
    private Attributes attributes = Attributes.EMPTY;
    private @Nullable TlsSession tls;
    private @Nullable Identity identity;
    private final Gates gates;

    SessionRecord(SmtpService service, Transport transport) {
        this.service = service;
        this.ends = new Preface.Ends(transport.remoteAddress(), transport.localAddress());
        this.id = service.nextId();
        this.observers = new Observers(id, service.observers());
        this.gates = new Gates(service, this);
    }

    /** Asks the gates of a stage in their order. */
    <T> void ask(Stage<T> stage, T subject) throws SmtpException, IOException {
        gates.ask(stage, subject);
    }

    /** Asks the gates about the header of the mail. */
    Gates.Passed<Stage.Heading> judged(Stage.Heading heading) throws SmtpException, IOException {
        Gates.Passed<Stage.Heading> passed = gates.ask(Stage.HEADER, heading);
        Attributes amended = passed.subject().envelope().attributes();
        transaction().ifPresent(transaction -> transaction.attributes = amended);
        return passed;
    }

    void observe(Consumer<Observer> event) {
        observers.tell(event);
    }

    /** Tells whether a gate wants the client gone. */
    boolean dropped() {
        return gates.dropped();
    }

    /** Forgets everything said so far: TLS begins (RFC 3207 §4.2). */
    void secured(TlsSession session) {
        tls = session;
        identity = null;
        state = CONNECTED;
        attributes = attributes.without(Scope.TLS_EPOCH);
    }

    void transactionEnded() {
        if (state instanceof State.InTransaction(Hello hello, Transaction transaction)) {
            state = new State.Greeted(hello);
        }
    }

    /** Ends; returns the mail that was in progress, for the caller to abort. Returns it once. */
    Optional<MailReceiver> close() {
        Optional<MailReceiver> unfinished =
                transaction().flatMap(transaction -> Optional.ofNullable(transaction.receiver));
        state = new State.Closed();
        return unfinished;
    }

    @Override
    public <T> void set(AttributeKey<T> key, T value) {
        switch (key.scope()) {
            case CONNECTION, TLS_EPOCH -> attributes = attributes.with(key, value);
            case TRANSACTION -> {
                if (!(state instanceof State.InTransaction(Hello hello, Transaction transaction))) {
                    throw new IllegalStateException(key + " belongs to a transaction, and there is none");
                }
                transaction.attributes = transaction.attributes.with(key, value);
            }
            case RECIPIENT -> throw new IllegalStateException(key + " belongs to a recipient");
        }
    }

    @Override
    public void greet(Hello hello) throws SmtpException, IOException {
        ask(Stage.HELLO, hello);
        reset();
        state = new State.Greeted(hello);
    }

    @Override
    public void relocate(Preface.Ends other) throws SmtpException, IOException {
        reset();
        ends = other;
        identity = null;
        state = CONNECTED;
        ask(Stage.CONNECT, other.remote());
    }

    @Override
    public List<String> keywords() {
        return service.offer(this);
    }

    @Override
    public void authenticated(Identity who) throws SmtpException, IOException {
        ask(Stage.AUTH, who);
        identity = who;
    }

    @Override
    public Optional<Reply> begin(ReversePath reversePath, EsmtpParameters parameters)
            throws SmtpException, IOException {
        Hello hello = switch (state) {
            case State.Greeted greeted -> greeted.hello();
            case State.InTransaction open -> throw new SmtpException(NESTED);
            case State.Connected connected -> throw new SmtpException(NO_MAIL);
            case State.Closed closed -> throw new SmtpException(NO_MAIL);
        };
        Attributes values = service.mailParameters().read(parameters);
        Transaction.requireAscii(reversePath.isAscii(), values, Transaction.SENDER_NOT_ASCII);
        Gates.Passed<Stage.MailRequest> passed = gates.ask(Stage.MAIL, new Stage.MailRequest(reversePath, values));
        state = new State.InTransaction(
                hello, new Transaction(reversePath, passed.subject().attributes()));
        return passed.reply();
    }

    @Override
    public Optional<Reply> recipient(ForwardPath forwardPath, EsmtpParameters parameters)
            throws SmtpException, IOException {
        if (!(state instanceof State.InTransaction(Hello hello, Transaction transaction))) {
            throw new SmtpException(NO_MAIL);
        }
        if (transaction.receiver != null) {
            throw new SmtpException(LATE); // its envelope is with the sink: nobody would get the mail
        }
        if (transaction.recipients.size() >= service.profile().limits().recipients()) {
            throw new SmtpException(TOO_MANY);
        }
        Attributes values = service.rcptParameters().read(parameters);
        Transaction.requireAscii(forwardPath.isAscii(), transaction.attributes, Transaction.RECIPIENT_NOT_ASCII);
        Gates.Passed<Recipient> passed = gates.ask(Stage.RCPT, new Recipient(forwardPath, values));
        transaction.recipients.add(passed.subject());
        return passed.reply();
    }

    @Override
    public BodyReceiver mail() throws SmtpException, IOException {
        if (!(state instanceof State.InTransaction(Hello hello, Transaction transaction))) {
            throw new SmtpException(NO_MAIL);
        }
        MailReceiver known = transaction.receiver;
        if (known != null) {
            return known;
        }
        if (transaction.recipients.isEmpty()) {
            throw new SmtpException(NO_RECIPIENTS);
        }
        Envelope envelope = new Envelope(
                service.nextId(),
                transaction.reversePath,
                transaction.recipients,
                transaction.attributes,
                new Origin(id, listener(), role(), hostname(), remoteAddress(), hello, tls(), identity()));
        ask(Stage.DATA, envelope);
        MailReceiver receiver = new MailReceiver(this, service, envelope);
        transaction.receiver = receiver;
        return receiver;
    }

    @Override
    public void reset() {
        if (state instanceof State.InTransaction(Hello hello, Transaction transaction)) {
            state = new State.Greeted(hello);
            MailReceiver receiver = transaction.receiver;
            if (receiver != null) {
                receiver.discard();
            }
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String listener() {
        return service.profile().name();
    }

    @Override
    public Role role() {
        return service.profile().role();
    }

    @Override
    public String hostname() {
        return service.profile().hostname();
    }

    @Override
    public SocketAddress remoteAddress() {
        return ends.remote();
    }

    @Override
    public SocketAddress localAddress() {
        return ends.local();
    }

    @Override
    public VerbSpec.Phase phase() {
        return state.phase();
    }

    @Override
    public Optional<Hello> hello() {
        return state.greeting();
    }

    @Override
    public Optional<TlsSession> tls() {
        return Optional.ofNullable(tls);
    }

    @Override
    public Optional<Identity> identity() {
        return Optional.ofNullable(identity);
    }

    @Override
    public Optional<ReversePath> reversePath() {
        return transaction().map(transaction -> transaction.reversePath);
    }

    @Override
    public List<Recipient> recipients() {
        return transaction()
                .map(transaction -> List.copyOf(transaction.recipients))
                .orElse(List.of());
    }

    @Override
    public boolean contentBegun() {
        return transaction().filter(Transaction::contentBegun).isPresent();
    }

    @Override
    public <T> Optional<T> get(AttributeKey<T> key) {
        return switch (key.scope()) {
            case CONNECTION, TLS_EPOCH -> attributes.get(key);
            case TRANSACTION -> transaction().flatMap(transaction -> transaction.attributes.get(key));
            case RECIPIENT -> Optional.empty();
        };
    }

    @Override
    public List<VerbSpec> verbs() {
        return service.verbs();
    }

    private Optional<Transaction> transaction() {
        return state instanceof State.InTransaction open ? Optional.of(open.transaction()) : Optional.empty();
    }
}
