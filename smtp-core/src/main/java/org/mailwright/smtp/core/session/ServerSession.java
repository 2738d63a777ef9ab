package org.mailwright.smtp.core.session;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.session.Turn.Mode;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.core.transport.Transport;

/**
 * The server's side of one conversation: octets in, replies out.
 *
 * <p>It works in turns. A turn uses up the input that has come; its replies leave in one write. A turn runs where its
 * octets arrived, until it meets code that may block: then the rest of the turn is {@linkplain Transport#offload
 * offloaded}, and no other event comes until it is over. So no field needs a lock.
 *
 * @since 0.1.0
 */
public final class ServerSession implements Conversation {

    private final SmtpService service;
    private final Optional<TlsSession> inherited;
    private final Output output = new Output();
    private @Nullable Connection connection;
    private boolean inputEnded;

    /** What there is only once there is a connection. */
    private record Connection(Transport transport, Dialogue dialogue, Turn turn) {}

    /** A session of a service, not yet connected. */
    public ServerSession(SmtpService service) {
        this(service, Optional.empty());
    }

    /**
     * A session on a connection that another conversation hands over: it begins as on a fresh one, with the greeting.
     *
     * @param inherited what TLS agreed on before; there is no other handshake then
     */
    public ServerSession(SmtpService service, Optional<TlsSession> inherited) {
        this.service = service;
        this.inherited = inherited;
    }

    @Override
    public void opened(Transport transport) {
        Dialogue dialogue = new Dialogue(service, transport, output);
        Turn turn = new Turn(service, dialogue, output);
        connection = new Connection(transport, dialogue, turn);
        dialogue.record().observe(observer -> observer.connected(dialogue.record()));
        if (inherited.isPresent()) {
            secured(inherited.get());
            return;
        }
        if (service.profile().implicitTls()) {
            turn.enter(Mode.SECURING);
            return;
        }
        Duration quiet = service.profile().timeouts().greetingDelay();
        if (quiet.isZero()) {
            admit();
        } else {
            transport.deadline(quiet);
        }
    }

    @Override
    public void received(byte[] octets, int offset, int length) {
        switch (turn().mode()) {
            case COMMAND, ANSWER, CONTENT -> {
                turn().input().add(octets, offset, length);
                advance();
            }
            case QUIET -> endSaying(Reply.of(554, "5.5.1", "You must wait for the greeting"));
            case SECURING, ENDED -> {} // clear text behind STARTTLS, or a client that does not know when to stop
        }
    }

    @Override
    public void inputClosed() {
        inputEnded = true;
        if (turn().mode() != Mode.ENDED && !transport().congested()) {
            advance();
        }
    }

    @Override
    public void secured(TlsSession tls) {
        dialogue().record().secured(tls);
        turn().enter(Mode.QUIET);
        boolean first = service.profile().implicitTls() || inherited.isPresent();
        boolean mayBlock = service.mayBlock(Stage.TLS) || (first && service.mayBlock(Stage.CONNECT));
        turn().later(mayBlock, () -> {
            if (!dialogue().asked(Stage.TLS, tls)) {
                turn().end();
            } else if (first) {
                greet();
            } else {
                turn().enter(Mode.COMMAND);
            }
        });
        advance();
    }

    @Override
    public void writable() {
        switch (turn().mode()) {
            case COMMAND, ANSWER, CONTENT -> {
                transport().resumeReading();
                advance();
            }
            case QUIET, SECURING, ENDED -> {} // nothing is held back in these
        }
    }

    @Override
    public void expired() {
        switch (turn().mode()) {
            case QUIET -> admit();
            case COMMAND, ANSWER, CONTENT ->
                endSaying(Reply.of(421, "4.4.2", service.profile().hostname() + " Time-out, closing connection"));
            case SECURING, ENDED -> transport().abort();
        }
    }

    @Override
    public void stop() {
        turn().stop();
        switch (turn().mode()) {
            case COMMAND -> advance();
            case QUIET -> endSaying(shuttingDown());
            case SECURING -> {
                turn().end();
                settle();
            }
            case ANSWER, CONTENT, ENDED -> {} // rest() sees to it when that is over
        }
    }

    @Override
    public void closed(String why) {
        turn().end();
        abandon();
        dialogue().record().observe(observer -> observer.closed(dialogue().record(), why));
    }

    /** Lets the client in, or not, and greets it. */
    private void admit() {
        turn().later(service.mayBlock(Stage.CONNECT), this::greet);
        advance();
    }

    private void greet() {
        if (dialogue().asked(Stage.CONNECT, transport().remoteAddress())) {
            dialogue().say(Reply.of(220, service.profile().hostname() + " ESMTP"));
            turn().enter(Mode.COMMAND);
        } else {
            turn().end();
        }
    }

    /** Uses up the input, here as far as nothing may block, then elsewhere. */
    private void advance() {
        Turn turn = turn();
        if (turn.run(false)) {
            settle();
        } else {
            turn.input().retain();
            transport().offload(() -> turn.run(true), this::settle);
        }
    }

    private void endSaying(Reply goodbye) {
        dialogue().say(goodbye);
        turn().end();
        settle();
    }

    /** The end of a turn, where the transport may be used again: sends the replies and does what was put off. */
    private void settle() {
        Transport transport = transport();
        if (output.size() > 0) {
            transport.write(output.take());
        }
        Optional<Step.Switch> change = turn().takeSwitch();
        if (turn().mode() == Mode.ENDED) {
            abandon();
            transport.close();
        } else if (change.isPresent()) {
            change(transport, change.get());
        } else if (transport.congested()) {
            turn().input().retain();
            transport.suspendReading(); // until writable()
        } else if (turn().takeCut()) {
            advance();
        } else {
            rest(transport);
        }
    }

    private void change(Transport transport, Step.Switch change) {
        switch (change) {
            case Step.UpgradeTls upgrade -> {
                turn().enter(Mode.SECURING);
                dialogue().record().reset();
                transport.startTls(upgrade.policy());
            }
            case Step.ReverseRoles reverse -> {
                turn().end();
                dialogue()
                        .failures()
                        .attempt(() -> reverse.taker().take(dialogue().record()))
                        .ifPresentOrElse(next -> handOver(transport, next), transport::close);
            }
        }
    }

    private void handOver(Transport transport, Conversation next) {
        dialogue().record().observe(observer -> observer.closed(dialogue().record(), ""));
        transport.handOver(next);
    }

    private void rest(Transport transport) {
        turn().input().retain();
        if (inputEnded) {
            turn().end();
            settle();
        } else if (turn().stopping()
                && turn().mode() == Mode.COMMAND
                && dialogue().betweenMails()) {
            endSaying(shuttingDown());
        } else {
            waitForMore(transport);
        }
    }

    private Reply shuttingDown() {
        return Reply.of(421, "4.3.2", service.profile().hostname() + " Service shutting down");
    }

    private void waitForMore(Transport transport) {
        Optional<ContentReader> content = turn().content();
        if (content.isPresent()) {
            waitAtMost(content.get().patience(service.profile().timeouts(), transport.nanoTime()));
        } else if (turn().takeAdvanced()) {
            waitAtMost(dialogue().patience(transport.nanoTime()));
        }
    }

    private void waitAtMost(Duration span) {
        if (span.isPositive()) {
            transport().deadline(span);
        } else {
            expired(); // octets that come now and then must not buy more time
        }
    }

    /**
     * Lets go of a mail that will not be completed. Its sink may have to wait for a disk, and this is no place for
     * that.
     */
    private void abandon() {
        Optional<ContentReader> unfinished = turn().abandon();
        Optional<MailReceiver> mail = dialogue().record().close();
        Runnable abort = () -> {
            unfinished.ifPresent(ContentReader::abort);
            mail.ifPresent(receiver -> dialogue().failures().logged(receiver::abort));
        };
        if (unfinished.map(ContentReader::mayBlock).orElse(false)
                || mail.map(MailReceiver::mayBlock).orElse(false)) {
            Thread.startVirtualThread(abort);
        } else {
            abort.run();
        }
    }

    private Connection connection() {
        Connection known = connection;
        if (known == null) {
            throw new IllegalStateException("not connected");
        }
        return known;
    }

    private Transport transport() {
        return connection().transport();
    }

    private Dialogue dialogue() {
        return connection().dialogue();
    }

    private Turn turn() {
        return connection().turn();
    }
}
