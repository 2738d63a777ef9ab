package org.mailwright.smtp.distribution.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.distribution.control.Request.Verb;

/** What the client makes of answers that no server of ours gives, and of those that come in pieces. */
class ControlClientTest {

    @TempDir
    private Path data;

    /** Asks a server that says this, octet by octet if it is short, and ends. */
    private List<String> answer(String said) throws IOException, ControlException {
        Path socket = data.resolve("s");
        List<String> rows = new ArrayList<>();
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(ControlSocket.address(socket));
            try (ControlClient client = ControlClient.connect(socket)) {
                Thread server = Thread.ofVirtual().start(() -> say(listening, said));
                try {
                    client.lines(Request.of(Verb.SUMMARY), row -> rows.add(row.toString()));
                } finally {
                    client.close();
                    join(server);
                }
            }
        }
        return rows;
    }

    private static void say(ServerSocketChannel listening, String said) {
        byte[] octets = said.getBytes(StandardCharsets.UTF_8);
        int piece = octets.length < 1000 ? 1 : octets.length;
        try (SocketChannel client = listening.accept()) {
            for (int from = 0; from < octets.length; from += piece) {
                client.write(ByteBuffer.wrap(octets, from, piece));
            }
            client.shutdownOutput();
            client.read(ByteBuffer.allocate(1000));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread server) {
        try {
            server.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void textsAndRowsComeInTheirOrder() throws IOException, ControlException {
        assertEquals(
                List.of("one\nzwei ü", "row", "", "three"),
                answer("text 11\none\nzwei ürow row\ntext 0\ntext 5\nthreeend {}\n"));
    }

    @Test
    void aTextOfManyOctetsIsWhole() throws IOException, ControlException {
        String many = "x".repeat(100_000);
        assertEquals(List.of(many, "y"), answer("text 100000\n" + many + "row y\nend {}\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text 1048577\n", "text 99999999999\n", "text -1\n", "text x\n", "text\n", "other 1\n"})
    void whatTheProtocolDoesNotHaveIsAnError(String said) {
        assertThrows(ProtocolException.class, () -> answer(said));
    }

    @Test
    void aTextThatEndsEarlyIsAnError() {
        EOFException e = assertThrows(EOFException.class, () -> answer("text 5\nfour"));
        assertTrue(String.valueOf(e.getMessage()).contains("within a text"), e.getMessage());
    }
}
