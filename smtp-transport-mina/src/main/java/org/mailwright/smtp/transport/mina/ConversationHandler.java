package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoHandler;
import org.apache.mina.core.session.IdleStatus;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteToClosedSessionException;
import org.apache.mina.filter.FilterEvent;

/** Passes MINA's events to the transport of the session; lets nothing thrown through to MINA. */
final class ConversationHandler implements IoHandler {

    private static void shielded(IoSession session, Event event) {
        MinaTransport transport = ((LoopSession) session).transport();
        try {
            event.on(transport);
        } catch (Throwable e) {
            transport.fail(e);
        }
    }

    private interface Event {
        void on(MinaTransport transport);
    }

    @Override
    public void sessionCreated(IoSession session) {
        // begins when it is opened
    }

    @Override
    public void sessionOpened(IoSession session) {
        shielded(session, MinaTransport::begin);
    }

    @Override
    public void sessionClosed(IoSession session) {
        shielded(session, MinaTransport::gone);
    }

    @Override
    public void sessionIdle(IoSession session, IdleStatus status) {
        // deadlines are kept by the loop
    }

    @Override
    public void exceptionCaught(IoSession session, Throwable cause) {
        switch (cause) {
            case WriteToClosedSessionException e ->
                shielded(session, transport -> transport.lost("the peer closed before everything was sent"));
            case IOException e -> shielded(session, transport -> transport.lost(MinaTransport.reason(e)));
            default -> shielded(session, transport -> transport.fail(cause));
        }
    }

    @Override
    public void messageReceived(IoSession session, Object message) {
        MinaTransport transport = ((LoopSession) session).transport();
        try {
            transport.received((IoBuffer) message);
        } catch (Throwable e) {
            transport.fail(e);
        }
    }

    @Override
    public void messageSent(IoSession session, Object message) {
        shielded(session, MinaTransport::sent);
    }

    @Override
    public void inputClosed(IoSession session) {
        shielded(session, MinaTransport::inputEnded);
    }

    @Override
    public void event(IoSession session, FilterEvent event) {
        // there are none
    }
}
