package org.mailwright.smtp.distribution.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.distribution.control.Request.Verb;
import org.mailwright.smtp.queue.QueueView;

@Timeout(60)
class ControlServerTest {
    private static final Controlled NO_QUEUE =
            new Controlled("1", Optional.empty(), () -> new ReloadOutcome(true, ""), InstantSource.system());

    @TempDir
    private Path data;

    private Path socket() {
        return ControlServer.socket(data);
    }

    private Row ask(Request request) throws IOException, ControlException {
        try (ControlClient client = ControlClient.connect(socket())) {
            return client.ask(request, row -> {});
        }
    }

    private List<Row> rows(Request request) throws IOException, ControlException {
        List<Row> rows = new ArrayList<>();
        try (ControlClient client = ControlClient.connect(socket())) {
            client.ask(request, rows::add);
        }
        return rows;
    }

    private ControlException refused(Request request) {
        return assertThrows(ControlException.class, () -> ask(request));
    }

    @Test
    void onlyItsOwnerOpensTheSocket() throws IOException, ControlException {
        try (ControlServer server = ControlServer.start(socket(), NO_QUEUE)) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())));
            try (Stream<Path> files = Files.list(data)) {
                assertEquals(
                        List.of("control.sock", "control.sock.lock"),
                        files.map(file -> file.getFileName().toString())
                                .sorted()
                                .toList());
            }
            assertEquals("1", ask(Request.of(Verb.PING)).text("version"));
        }
        assertFalse(Files.exists(socket()), "the socket of a server that ended in good order");
        assertThrows(NoServerException.class, () -> ControlClient.connect(socket()));
    }

    @Test
    void theSocketOfADeadServerIsReplaced() throws IOException, ControlException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(ControlSocket.address(socket()));
        }
        Files.createDirectory(data.resolve(".control"));
        assertTrue(Files.exists(socket()));
        assertThrows(NoServerException.class, () -> ControlClient.connect(socket()));
        try (ControlServer server = ControlServer.start(socket(), NO_QUEUE)) {
            assertEquals("1", ask(Request.of(Verb.PING)).text("version"));
        }
    }

    @Test
    void theSocketOfALiveServerStays() throws IOException, ControlException {
        try (ControlServer server = ControlServer.start(socket(), NO_QUEUE)) {
            BindException e = assertThrows(BindException.class, () -> ControlServer.start(socket(), NO_QUEUE));
            assertTrue(String.valueOf(e.getMessage()).contains(socket().toString()), e.toString());
            assertEquals("1", ask(Request.of(Verb.PING)).text("version"));
        }
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(ControlSocket.address(socket()));
            assertThrows(BindException.class, () -> ControlServer.start(socket(), NO_QUEUE));
            assertTrue(Files.exists(socket()));
        }
    }

    @Test
    void whatIsNoSocketIsNotRemoved() throws IOException {
        Files.writeString(socket(), "mine");
        assertThrows(FileAlreadyExistsException.class, () -> ControlServer.start(socket(), NO_QUEUE));
        assertEquals("mine", Files.readString(socket()));
    }

    @Test
    void aPathThatIsTooLongIsToldSo() throws IOException {
        Path deep = Files.createDirectory(data.resolve("x".repeat(100)));
        IOException e =
                assertThrows(IOException.class, () -> ControlServer.start(ControlServer.socket(deep), NO_QUEUE));
        assertTrue(String.valueOf(e.getMessage()).contains("at most 103 octets"), e.toString());
        try (Stream<Path> files = Files.list(deep)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aListIsReadPageByPageToItsEnd() throws IOException, ControlException {
        try (WaitingMail mail = WaitingMail.in(data)) {
            List<String> recipients = IntStream.range(0, 1300)
                    .mapToObj(i -> "u" + i + "@example.org")
                    .toList();
            mail.add("M1", "a@example.com", "x\r\n", recipients.toArray(new String[0]));
            List<Integer> sizes = new ArrayList<>();
            DeliveryPages pages = DeliveryPages.of((selection, after, most) -> {
                List<QueueView.Entry> page = mail.queue.view().list(selection, 2000).stream()
                        .filter(entry -> entry.delivery().id() > after)
                        .limit(most)
                        .toList();
                sizes.add(page.size());
                return page;
            });
            Path other = data.resolve("other.sock");
            Controlled controlled = new Controlled(
                    "1",
                    Optional.of(new ControlledQueue(
                            mail.queue.view(), pages, mail.queue::content, delivery -> Optional.empty())),
                    () -> new ReloadOutcome(true, ""),
                    mail.clock);
            try (ControlServer server = ControlServer.start(other, controlled);
                    ControlClient client = ControlClient.connect(other)) {
                List<String> told = new ArrayList<>();
                Row end = client.ask(Request.of(Verb.LIST), row -> told.add(row.text("recipient")));
                assertEquals(recipients, told);
                assertEquals(List.of(501, 501, 300), sizes, "no page is longer");
                assertEquals(1300, end.number("count"));
                assertFalse(end.is("more"));
                told.clear();
                end = client.ask(Request.of(Verb.LIST).with("limit", "700"), row -> told.add(row.text("recipient")));
                assertEquals(recipients.subList(0, 700), told);
                assertTrue(end.is("more"));
                told.clear();
                client.ask(Request.of(Verb.SHOW).with("mail", "M1"), row -> told.add(row.text("recipient")));
                assertEquals(1301, told.size(), "the mail and its recipients");
            }
        }
    }

    @Test
    void withoutPagesAListEndsWhereMemoryDoes() throws IOException {
        try (WaitingMail mail = WaitingMail.in(data)) {
            mail.add("M1", "a@example.com", "x\r\n", "a@example.org", "b@example.org", "c@example.org");
            DeliveryPages pages = DeliveryPages.first(mail.queue.view());
            DeliveryPages.Page all = pages.next(QueueView.Selection.ALL, 0, Long.MAX_VALUE);
            assertEquals(3, all.entries().size());
            assertEquals(DeliveryPages.Rest.NONE, all.rest());
            DeliveryPages.Page some = pages.next(QueueView.Selection.ALL, 0, 2);
            assertEquals(2, some.entries().size());
            assertEquals(DeliveryPages.Rest.OUT_OF_REACH, some.rest());
        }
    }

    @Test
    void aRequestThatIsWrongIsToldSoAndTheConnectionStays() throws IOException, ControlException {
        try (WaitingMail mail = WaitingMail.in(data);
                ControlClient client = ControlClient.connect(socket())) {
            for (Request wrong : List.of(
                    Request.of(Verb.HOLD),
                    Request.of(Verb.DELETE).with("limit", "3"),
                    Request.of(Verb.LIST).with("limit", "0"),
                    Request.of(Verb.LIST).with("lane", "Re Lay>x"),
                    Request.of(Verb.SHOW))) {
                ControlException e = assertThrows(ControlException.class, () -> client.ask(wrong, row -> {}));
                assertEquals(ControlException.Kind.USAGE, e.kind(), wrong::line);
            }
            assertEquals(
                    ControlException.Kind.UNKNOWN_MAIL,
                    refused(Request.of(Verb.CONTENT).with("mail", "none")).kind());
            assertEquals("1.2.3", client.ask(Request.of(Verb.PING), row -> {}).text("version"));
            assertEquals(List.of(), mail.due());
        }
    }

    @Test
    void aServerWithoutAQueueSaysSo() throws IOException, ControlException {
        try (ControlServer server = ControlServer.start(socket(), NO_QUEUE)) {
            for (Verb verb : List.of(Verb.LIST, Verb.SUMMARY, Verb.FLUSH)) {
                assertEquals(
                        ControlException.Kind.NO_QUEUE,
                        refused(Request.of(verb)).kind());
            }
            assertTrue(ask(Request.of(Verb.RELOAD)).is("done"));
        }
    }

    @Test
    void aFailureOfTheQueueIsAnAnswer() throws IOException {
        try (WaitingMail mail = WaitingMail.in(data)) {
            mail.add("M1", "a@example.com", "x\r\n", "a@example.org");
            Path other = data.resolve("other.sock");
            Controlled controlled = new Controlled(
                    "1",
                    Optional.of(new ControlledQueue(mail.queue.view(), message -> Body.of(data.resolve("gone")))),
                    () -> {
                        throw new IllegalStateException("a mistake");
                    },
                    mail.clock);
            try (ControlServer server = ControlServer.start(other, controlled);
                    ControlClient client = ControlClient.connect(other)) {
                for (Request request : List.of(Request.of(Verb.CONTENT).with("mail", "M1"), Request.of(Verb.RELOAD))) {
                    ControlException e = assertThrows(ControlException.class, () -> client.ask(request, row -> {}));
                    assertEquals(ControlException.Kind.FAILED, e.kind());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"frob", "", "list limit", "list =x", "list limit=%zz", "list\tlimit=1"})
    void whatIsNoRequestIsRefused(String line) throws IOException {
        try (ControlServer server = ControlServer.start(socket(), NO_QUEUE);
                SocketChannel client = SocketChannel.open(ControlSocket.address(socket()))) {
            client.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            client.shutdownOutput();
            assertTrue(read(client).startsWith("error {\"kind\":\"usage\""));
        }
    }

    @Test
    void aLineWithoutEndIsCutOff() throws IOException {
        try (ControlServer server = ControlServer.start(socket(), NO_QUEUE);
                SocketChannel client = SocketChannel.open(ControlSocket.address(socket()))) {
            client.write(ByteBuffer.wrap("x".repeat(Request.LONGEST + 1).getBytes(StandardCharsets.UTF_8)));
            assertEquals("", read(client));
        }
    }

    @Test
    void aClientThatSaysNothingIsClosed() throws IOException {
        ControlConfig config = new ControlConfig(4, Duration.ofMillis(50), Duration.ofSeconds(5));
        try (ControlServer server = ControlServer.start(socket(), NO_QUEUE, config);
                SocketChannel client = SocketChannel.open(ControlSocket.address(socket()))) {
            client.write(ByteBuffer.wrap("pi".getBytes(StandardCharsets.UTF_8)));
            assertEquals("", read(client));
        }
    }

    @Test
    void aClientThatTakesNothingIsClosed() throws IOException, ControlException {
        ControlConfig config = new ControlConfig(1, Duration.ofSeconds(20), Duration.ofMillis(50));
        try (WaitingMail mail = WaitingMail.in(data, config);
                SocketChannel client = SocketChannel.open(ControlSocket.address(socket()))) {
            mail.add("M1", "a@example.com", "x".repeat(5_000_000), "a@example.org");
            client.write(ByteBuffer.wrap("content mail=M1\n".getBytes(StandardCharsets.UTF_8)));
            // the one connection that there may be is free again only when the server gave up
            Row pong = pongOfABusyServer();
            assertEquals("1.2.3", pong.text("version"));
            assertFalse(read(client).contains("end "), "the answer was cut off");
        }
    }

    private Row pongOfABusyServer() throws IOException, ControlException {
        while (true) {
            try {
                return ask(Request.of(Verb.PING));
            } catch (ControlException e) {
                if (e.kind() != ControlException.Kind.BUSY) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void tooManyClientsAreTold() throws IOException, ControlException {
        ControlConfig config = new ControlConfig(1, Duration.ofSeconds(20), Duration.ofSeconds(20));
        try (ControlServer server = ControlServer.start(socket(), NO_QUEUE, config);
                ControlClient first = ControlClient.connect(socket())) {
            first.ask(Request.of(Verb.PING), row -> {});
            assertEquals(
                    ControlException.Kind.BUSY, refused(Request.of(Verb.PING)).kind());
            first.ask(Request.of(Verb.PING), row -> {});
        }
    }

    @Test
    void anAnswerThatTheServerDidNotEndIsAnError() throws IOException {
        ControlServer server = ControlServer.start(socket(), NO_QUEUE);
        try (ControlClient client = ControlClient.connect(socket())) {
            client.ask(Request.of(Verb.PING), row -> {});
            server.close();
            assertThrows(IOException.class, () -> client.ask(Request.of(Verb.PING), row -> {}));
        } catch (ControlException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyValueSurvivesTheWire() throws ControlException {
        Request request = Request.of(Verb.LIST).with("sender", "").with("recipient", "\"a b\"\n%@\u00fc.example");
        assertEquals(request, Request.read(request.line()));
        assertFalse(request.line().contains("\n"));
        assertEquals(Map.of(), Request.of(Verb.LIST).values());
    }

    @Test
    void rowsAreOfTheWholeQueue() throws IOException, ControlException {
        try (WaitingMail mail = WaitingMail.in(data)) {
            mail.add("M1", "a@example.com", "x\r\n", "a@example.org", "b@example.net");
            assertEquals(2, rows(Request.of(Verb.LIST)).size());
            assertEquals(2, rows(Request.of(Verb.SUMMARY)).size());
            assertEquals(
                    1, rows(Request.of(Verb.LIST).with("lane", "Example.Net")).size());
            assertEquals(
                    1,
                    rows(Request.of(Verb.LIST).with("lane", "relay>example.net"))
                            .size());
            assertEquals(0, rows(Request.of(Verb.LIST).with("lane", "other")).size());
        }
    }

    private static String read(SocketChannel client) throws IOException {
        StringBuilder all = new StringBuilder();
        ByteBuffer some = ByteBuffer.allocate(64 << 10);
        try {
            while (client.read(some) >= 0) {
                all.append(StandardCharsets.UTF_8.decode(some.flip()));
                some.clear();
            }
        } catch (IOException reset) {
            // closed with octets that nobody read
        }
        return all.toString();
    }
}
