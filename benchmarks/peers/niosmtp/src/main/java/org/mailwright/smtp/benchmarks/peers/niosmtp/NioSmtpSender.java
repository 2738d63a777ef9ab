package org.mailwright.smtp.benchmarks.peers.niosmtp;

import com.hubspot.smtp.client.SmtpClientResponse;
import com.hubspot.smtp.client.SmtpSession;
import com.hubspot.smtp.client.SmtpSessionConfig;
import com.hubspot.smtp.client.SmtpSessionFactory;
import com.hubspot.smtp.client.SmtpSessionFactoryConfig;
import com.hubspot.smtp.messages.MessageContent;
import com.hubspot.smtp.messages.MessageContentEncoding;
import io.netty.buffer.Unpooled;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.smtp.DefaultSmtpRequest;
import io.netty.handler.codec.smtp.SmtpCommand;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends mails on kept connections, pipelined. Arguments: address, port, connections, mails, octets, mails to warm up.
 */
final class NioSmtpSender {

    private static final String FROM = "load@example.test";
    private static final String TO = "sink@example.test";

    private final SmtpSessionFactory factory;
    private final InetSocketAddress server;
    private final byte[] mail;
    private final AtomicInteger left = new AtomicInteger();

    private NioSmtpSender(SmtpSessionFactory factory, InetSocketAddress server, int octets) {
        this.factory = factory;
        this.server = server;
        String line = "x".repeat(62) + "\r\n";
        String head = "Subject: load\r\n\r\n";
        mail = (head + line.repeat(1 + octets / line.length()).substring(0, octets - head.length() - 2) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    public static void main(String[] arguments) throws Exception {
        NioEventLoopGroup loops = new NioEventLoopGroup(1);
        // Run what follows a reply on the I/O thread itself: the fastest way to drive this client.
        SmtpSessionFactoryConfig config = SmtpSessionFactoryConfig.builder()
                .eventLoopGroup(loops)
                .executor(Runnable::run)
                .build();
        try (SmtpSessionFactory factory = new SmtpSessionFactory(config)) {
            NioSmtpSender sender = new NioSmtpSender(
                    factory,
                    new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])),
                    Integer.parseInt(arguments[4]));
            int connections = Integer.parseInt(arguments[2]);
            if (Integer.parseInt(arguments[5]) > 0) {
                sender.send(connections, Integer.parseInt(arguments[5]));
            }
            int mails = Integer.parseInt(arguments[3]);
            Measured.print(mails, () -> sender.send(connections, mails));
        }
        loops.shutdownGracefully().sync();
    }

    private void send(int connections, int mails) {
        left.set(mails);
        CompletableFuture<?>[] all = new CompletableFuture<?>[connections];
        for (int i = 0; i < connections; i++) {
            all[i] = one();
        }
        CompletableFuture.allOf(all).join();
    }

    private CompletableFuture<Void> one() {
        return factory.connect(SmtpSessionConfig.builder().remoteAddress(server).build())
                .thenCompose(r ->
                        checked(r).getSession().send(new DefaultSmtpRequest(SmtpCommand.EHLO, "load.example.test")))
                .thenCompose(r -> next(checked(r).getSession()));
    }

    private CompletableFuture<Void> next(SmtpSession session) {
        if (left.getAndDecrement() <= 0) {
            return session.send(new DefaultSmtpRequest(SmtpCommand.QUIT)).thenCompose(r -> session.close());
        }
        MessageContent content = MessageContent.of(Unpooled.wrappedBuffer(mail), MessageContentEncoding.SEVEN_BIT);
        return session.send(FROM, TO, content).thenCompose(r -> next(checked(r).getSession()));
    }

    private static SmtpClientResponse checked(SmtpClientResponse response) {
        if (response.containsError()) {
            throw new IllegalStateException(String.format(Locale.ROOT, "refused: %s", response));
        }
        return response;
    }
}
