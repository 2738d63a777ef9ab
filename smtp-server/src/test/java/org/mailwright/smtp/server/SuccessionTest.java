package org.mailwright.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;

@Timeout(60)
class SuccessionTest {

    private static final String ANY = "127.0.0.1:0";
    private static final MessageSink SINK = MessageSink.reading((envelope, content) -> {
        content.transferTo(OutputStream.nullOutputStream());
        return Reply.of(250, "2.0.0", "Taken");
    });

    /** A client that reads and writes lines. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(InetSocketAddress address) throws IOException {
            socket = new Socket(address.getAddress(), address.getPort());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        }

        String read() throws IOException {
            String line = in.readLine();
            return line == null ? "(closed)" : line;
        }

        String say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return read();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static SmtpServer server(String hostname, String... names) {
        SmtpServerBuilder builder = SmtpServer.builder(hostname).local("example.test");
        for (String name : names) {
            builder.listen(name, Role.MX, ANY);
        }
        return builder.build(SINK);
    }

    @Test
    void whatBothListenAtGoesOnAndSessionsKeepToWhatTheyBeganWith() throws Exception {
        try (SmtpServer old = server("old.example.test", "mx", "gone");
                SmtpServer next = server("new.example.test", "mx", "more")) {
            old.start();
            InetSocketAddress address = old.address("mx");
            InetSocketAddress gone = old.address("gone");
            try (Client before = new Client(address)) {
                assertTrue(before.read().startsWith("220 old.example.test "));
                next.succeed(old);
                assertEquals(address, next.address("mx"));
                try (Client after = new Client(address);
                        Client more = new Client(next.address("more"))) {
                    assertTrue(after.read().startsWith("220 new.example.test "));
                    assertTrue(more.read().startsWith("220 new.example.test "));
                    assertEquals("250 old.example.test", before.say("HELO client.example"));
                    assertEquals("250 new.example.test", after.say("HELO client.example"));
                }
            }
            while (true) {
                try (Client refused = new Client(gone)) {
                    refused.read();
                } catch (IOException closed) {
                    break;
                }
            }
            old.awaitEnd();
            assertThrows(IllegalArgumentException.class, () -> old.address("mx"));
            next.stop();
        }
    }

    @Test
    void anAddressThatIsTakenLeavesTheOldServerAsItWas() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SmtpServer old = server("old.example.test", "mx");
                SmtpServer next = SmtpServer.builder("new.example.test")
                        .listen("mx", Role.MX, ANY)
                        .listen("taken", Role.MX, "127.0.0.1:" + taken.getLocalPort())
                        .build(SINK)) {
            old.start();
            assertThrows(IOException.class, () -> next.succeed(old));
            try (Client client = new Client(old.address("mx"))) {
                assertTrue(client.read().startsWith("220 old.example.test "));
            }
        }
    }

    @Test
    void onlyAServerThatRunsHasASuccessor() {
        try (SmtpServer old = server("old.example.test", "mx");
                SmtpServer next = server("new.example.test", "mx")) {
            assertThrows(IllegalStateException.class, () -> next.succeed(old));
        }
    }
}
