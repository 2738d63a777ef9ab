package org.mailwright.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;

/** A server that stops while clients are there. */
class GracefulStopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final MessageSink SINK = MessageSink.reading((envelope, content) -> {
        content.transferTo(OutputStream.nullOutputStream());
        return Reply.of(250, "2.0.0", "Taken");
    });

    private record Client(Socket socket, BufferedReader replies) implements AutoCloseable {
        static Client of(InetSocketAddress address) throws IOException {
            Socket socket = new Socket(address.getAddress(), address.getPort());
            socket.setSoTimeout((int) PATIENCE.toMillis() / 3);
            return new Client(
                    socket,
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
        }

        String say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return hear();
        }

        String hear() throws IOException {
            return replies.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void stopsAllListenersAtOnceAndWaitsForTheMailOfOne() throws Exception {
        try (SmtpServer server = SmtpServer.builder("mx.example.test")
                        .listen("first", Role.MX, "127.0.0.1:0")
                        .listen("second", Role.MX, "127.0.0.1:0")
                        .local("example.test")
                        .start(SINK);
                Client busy = Client.of(server.address("first"));
                Client idle = Client.of(server.address("second"))) {
            assertEquals("220 mx.example.test ESMTP", busy.hear());
            assertEquals("220 mx.example.test ESMTP", idle.hear());
            assertEquals("250 mx.example.test", busy.say("HELO client.test"));
            assertEquals("250 2.1.0 Sender OK", busy.say("MAIL FROM:<a@client.test>"));
            CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> stop(server));
            assertEquals("421 4.3.2 mx.example.test Service shutting down", idle.hear());
            assertNull(idle.hear());
            assertEquals("250 2.1.5 Recipient OK", busy.say("RCPT TO:<b@example.test>"));
            assertTrue(busy.say("DATA").startsWith("354 "));
            assertEquals("250 2.0.0 Taken", busy.say("Subject: x\r\n\r\nx\r\n."));
            assertEquals("421 4.3.2 mx.example.test Service shutting down", busy.hear());
            assertTrue(stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
    }

    private static boolean stop(SmtpServer server) {
        try {
            return server.stop(PATIENCE);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
