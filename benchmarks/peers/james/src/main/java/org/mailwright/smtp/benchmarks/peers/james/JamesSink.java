package org.mailwright.smtp.benchmarks.peers.james;

import java.net.InetSocketAddress;
import org.apache.james.protocols.netty.NettyServer;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPConfigurationImpl;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.protocols.smtp.SMTPProtocolHandlerChain;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MessageHook;

/** Accepts every mail and keeps none. Arguments: address, port. */
final class JamesSink {

    private static final int BACKLOG = 4096;

    private JamesSink() {}

    public static void main(String[] arguments) throws Exception {
        SMTPProtocolHandlerChain chain = new SMTPProtocolHandlerChain(new NoMetrics(), new Discard());
        NettyServer server = new NettyServer.Factory()
                .protocol(new SMTPProtocol(chain, new SMTPConfigurationImpl()))
                .build();
        server.setBacklog(BACKLOG);
        server.setListenAddresses(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])));
        server.bind();
    }

    private static final class Discard implements MessageHook {
        @Override
        public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
            return HookResult.OK;
        }
    }
}
