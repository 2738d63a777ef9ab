package org.mailwright.smtp.benchmarks.peers.mina;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;

/**
 * Says yes to everything and keeps nothing, on one I/O thread of MINA and without any filter. Arguments: address, port.
 */
final class MinaSink extends IoHandlerAdapter {

    private static final AttributeKey SINK = new AttributeKey(MinaSink.class, "sink");
    private static final byte[] GREETING = "220 mina ESMTP\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BACKLOG = 4096;

    private MinaSink() {}

    public static void main(String[] arguments) throws IOException {
        NioSocketAcceptor acceptor = new NioSocketAcceptor(new LoopProcessor());
        acceptor.setHandler(new MinaSink());
        acceptor.setReuseAddress(true);
        acceptor.setBacklog(BACKLOG);
        acceptor.getSessionConfig().setTcpNoDelay(true);
        acceptor.getStatistics().getConfig().setStatisticsCalcEnabled(false);
        acceptor.bind(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])));
    }

    @Override
    public void sessionOpened(IoSession session) {
        session.setAttribute(SINK, new Sink());
        session.write(IoBuffer.wrap(GREETING));
    }

    @Override
    public void messageReceived(IoSession session, Object message) {
        IoBuffer in = (IoBuffer) message;
        Sink sink = (Sink) session.getAttribute(SINK);
        byte[] replies = sink.take(in.array(), in.arrayOffset() + in.position(), in.arrayOffset() + in.limit());
        in.position(in.limit());
        if (replies.length > 0) {
            session.write(IoBuffer.wrap(replies));
        }
        if (sink.quit()) {
            session.closeOnFlush();
        }
    }

    @Override
    public void exceptionCaught(IoSession session, Throwable cause) {
        session.closeNow();
    }
}
