package org.mailwright.smtp.benchmarks.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** The dialogue of one connection: greeting, EHLO or LHLO, perhaps STARTTLS, one mail or many, QUIT. */
final class Conversation {

    /** Failures after which a session opens no further connection. */
    static final int FAILURES_IN_A_ROW = 5;

    /** What the script waits for. */
    enum Step {
        CONNECT,
        GREETING,
        HELLO,
        STARTTLS,
        HANDSHAKE,
        MAIL,
        RCPT,
        DATA,
        CONTENT,
        QUIT,
        OVER
    }

    /** Puts TLS on the connection once the server has agreed to it. */
    interface Upgrade {
        Wire toTls() throws IOException;
    }

    private final LoadPlan plan;
    private final Script script;
    private final Tickets tickets;
    private final Tally tally;
    private final Upgrade upgrade;
    private final ReplyReader replies = new ReplyReader();
    private Wire wire;
    private Step step = Step.CONNECT;
    private boolean secured;
    private boolean pipelined;
    private boolean contentGoing;
    private int expected;
    private long began;
    private long contentSent;

    /** A dialogue that starts when {@link #connected} says so. */
    Conversation(LoadPlan plan, Script script, Tickets tickets, Tally tally, Wire wire, Upgrade upgrade) {
        this.plan = plan;
        this.script = script;
        this.tickets = tickets;
        this.tally = tally;
        this.wire = wire;
        this.upgrade = upgrade;
        began = System.nanoTime();
        secured = plan.tls() == TlsMode.NONE;
    }

    Step step() {
        return step;
    }

    /** Whether nothing waits to be sent; tries to send what does. */
    boolean flushed() throws IOException {
        boolean gone = wire.flush();
        noteSent(gone);
        return gone;
    }

    /** Whether a mail is begun and not yet answered. */
    boolean mailInHand() {
        return switch (step) {
            case MAIL, RCPT, DATA, CONTENT -> true;
            case CONNECT, GREETING, HELLO, STARTTLS, HANDSHAKE, QUIT, OVER -> false;
        };
    }

    /** The TCP connection stands. */
    void connected() throws IOException {
        step = Step.GREETING;
        if (plan.tls() == TlsMode.IMPLICIT) {
            wire = upgrade.toTls();
            secured = true;
            wire.flush();
        }
    }

    /** Bytes may be read. */
    void readable() throws IOException {
        ByteBuffer in = wire.read();
        // In a handshake nothing comes out of the wire, but its end does not announce itself otherwise.
        handshakeOver();
        for (int code = replies.next(in); code != 0; code = replies.next(in)) {
            reply(code);
        }
    }

    /** Bytes may be written again. */
    void writable() throws IOException {
        flushed();
        handshakeOver();
    }

    private void handshakeOver() throws IOException {
        if (step == Step.HANDSHAKE && wire.ready()) {
            step = Step.HELLO;
            send(script.hello);
        }
    }

    private void reply(int code) throws IOException {
        switch (step) {
            case GREETING -> {
                require(code == 220);
                Tally.record(tally.greeting, System.nanoTime() - began);
                step = Step.HELLO;
                send(script.hello);
            }
            case HELLO -> {
                require(code == 250);
                pipelined = replies.tookPipelining() && plan.pipelining();
                if (secured) {
                    nextMail();
                } else {
                    step = Step.STARTTLS;
                    send(script.startTls);
                }
            }
            case STARTTLS -> {
                require(code == 220);
                secured = true;
                step = Step.HANDSHAKE;
                wire = upgrade.toTls();
                wire.flush();
            }
            case MAIL -> {
                require(code == 250);
                step = Step.RCPT;
                expected = script.recipients.length;
                sendUnlessPipelined(script.recipients[0]);
            }
            case RCPT -> {
                require(code == 250 || code == 251);
                expected--;
                if (expected > 0) {
                    sendUnlessPipelined(script.recipients[script.recipients.length - expected]);
                } else {
                    step = Step.DATA;
                    sendUnlessPipelined(script.data);
                }
            }
            case DATA -> {
                require(code == 354);
                step = Step.CONTENT;
                expected = plan.lmtp() ? script.recipients.length : 1;
                contentGoing = true;
                wire.write(script.payload.buffers());
                noteSent(wire.flush());
            }
            case CONTENT -> {
                require(code == 250);
                require(!contentGoing);
                expected--;
                if (expected == 0) {
                    mailAccepted();
                }
            }
            case QUIT -> {
                require(code == 221);
                step = Step.OVER;
            }
            case CONNECT, HANDSHAKE, OVER -> throw new ProtocolException("reply out of turn: " + replies.lastLine());
        }
    }

    private void mailAccepted() throws IOException {
        long now = System.nanoTime();
        tally.accepted++;
        Tally.record(tally.mail, now - began);
        Tally.record(tally.accept, now - contentSent);
        if (plan.keep()) {
            nextMail();
        } else {
            quit();
        }
    }

    private void nextMail() throws IOException {
        if (!tickets.take()) {
            quit();
            return;
        }
        began = System.nanoTime();
        step = Step.MAIL;
        send(pipelined ? script.envelope : script.mail);
    }

    private void quit() throws IOException {
        step = Step.QUIT;
        send(script.quit);
    }

    private void noteSent(boolean allGone) {
        if (contentGoing && allGone) {
            contentGoing = false;
            contentSent = System.nanoTime();
        }
    }

    private void sendUnlessPipelined(ByteBuffer line) throws IOException {
        if (!pipelined) {
            send(line);
        }
    }

    private void send(ByteBuffer line) throws IOException {
        wire.write(line.duplicate());
    }

    private void require(boolean holds) throws ProtocolException {
        if (!holds) {
            throw new ProtocolException("unexpected reply to " + step + ": " + replies.lastLine());
        }
    }
}
