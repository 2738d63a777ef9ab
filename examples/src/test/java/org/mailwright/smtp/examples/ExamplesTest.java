package org.mailwright.smtp.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.mail.MailReader;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.examples.vendor.RetainExtension;
import org.mailwright.smtp.ext.tls.KeySource;
import org.mailwright.smtp.ext.tls.TlsServerConfig;
import org.mailwright.smtp.ext.tls.TlsServerContext;
import org.mailwright.smtp.server.SmtpServer;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.Transcript;

/** Every example, run: with real sockets on free ports. */
@Timeout(60)
class ExamplesTest {

    private static final String ANY_PORT = "127.0.0.1:0";

    /** More of a mail than a session collects before it calls a sink, without its end. */
    private static final String BEGINNING =
            "MAIL FROM:<a@client.example>\r\nRCPT TO:<b@example.test>\r\nDATA\r\n" + "0123456789\r\n".repeat(10_000);

    @TempDir
    Path folder;

    private static void play(String transcript, InetSocketAddress server) throws IOException {
        Transcript.resource(ExamplesTest.class, transcript).play(server);
    }

    @Test
    void aServerInTenLines() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
                SmtpServer server = TenLines.start(ANY_PORT, out)) {
            play("ten-lines.smtp", server.address("mx"));
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("mail from <a@client.example>"), text);
        assertTrue(text.endsWith("Subject: Hello\r\n\r\nIt works.\r\n"), text);
    }

    @Test
    void recipientsInADatabaseAndMailInFiles() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:recipients");
        try (Connection kept = database.getConnection();
                Statement statement = kept.createStatement();
                SmtpServer server = SmtpServer.builder("mx.example.test")
                        .listen("mx", Role.MX, ANY_PORT)
                        .local("example.test")
                        .gate(Stage.RCPT, new DatabaseRecipients(database))
                        .start(MessageSink.reading(new MailArchive(folder)))) {
            statement.execute("CREATE TABLE mailboxes (address VARCHAR(254) PRIMARY KEY)");
            statement.execute("INSERT INTO mailboxes VALUES ('bob@example.test')");
            play("database.smtp", server.address("mx"));
            statement.execute("DROP TABLE mailboxes");
            play("database-away.smtp", server.address("mx"));
        }
        List<Path> files = files();
        assertEquals(1, files.size(), files::toString);
        assertTrue(files.getFirst().toString().endsWith(".eml"));
        String mail = Files.readString(files.getFirst());
        assertTrue(mail.endsWith("Subject: Hello\r\n\r\n.\r\n"), mail);
    }

    @Test
    void aClientThatIsGoneWithinItsMailLeavesNoFile() throws Exception {
        MailArchive archive = new MailArchive(folder);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<IOException> failure = new CompletableFuture<>();
        MailReader watched = (envelope, content) -> {
            begun.countDown();
            try {
                return archive.read(envelope, content);
            } catch (IOException e) {
                failure.complete(e);
                throw e;
            }
        };
        try (SmtpServer server = SmtpServer.builder("mx.example.test")
                .listen("mx", Role.MX, ANY_PORT)
                .local("example.test")
                .start(MessageSink.reading(watched))) {
            try (Socket client = new Socket(
                    InetAddress.getLoopbackAddress(), server.address("mx").getPort())) {
                BufferedReader replies =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                assertTrue(String.valueOf(replies.readLine()).startsWith("220 "));
                say(client, "EHLO client.example\r\n");
                assertTrue(replies.lines().anyMatch(line -> line.startsWith("250 ")));
                say(client, BEGINNING);
                begun.await();
            }
            assertTrue(failure.get().toString().contains("before its content was complete"));
        }
        assertEquals(List.of(), files());
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aServerIsWaitedForUntilItEnds() throws Exception {
        SmtpServer server = TenLines.start(ANY_PORT, System.out);
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread waiting = Thread.startVirtualThread(() -> {
            try {
                server.awaitEnd();
                ended.complete(true);
            } catch (InterruptedException e) {
                ended.completeExceptionally(e);
            }
        });
        assertTrue(waiting.isAlive());
        assertTrue(server.stop());
        assertTrue(ended.get());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void anArchiveThatCannotWriteAnswers451() throws Exception {
        try (SmtpServer server = SmtpServer.builder("mx.example.test")
                .listen("mx", Role.MX, ANY_PORT)
                .local("example.test")
                .start(MessageSink.reading(new MailArchive(folder.resolve("missing"))))) {
            play("archive-away.smtp", server.address("mx"));
        }
    }

    private SmtpServer threeExtensions(RecordingSink sink) throws Exception {
        TlsServerContext tls = TlsServerContext.open(
                TlsServerConfig.of(new KeySource.SelfSigned(folder.resolve("tls"), "mx.example.test")));
        SmtpServer server = Guice.createInjector(new ThreeExtensionsModule(ANY_PORT, tls, sink))
                .getInstance(SmtpServer.class);
        server.start();
        return server;
    }

    @Test
    void threeChosenExtensionsAndNoOther() throws Exception {
        RecordingSink sink = RecordingSink.blocking();
        try (SmtpServer server = threeExtensions(sink)) {
            play("three-extensions.smtp", server.address("mx"));
        }
        assertEquals(List.of(Optional.of(30)), retained(sink));
    }

    private static List<Optional<Integer>> retained(RecordingSink sink) {
        return sink.mails().stream()
                .map(mail -> mail.envelope().attributes().get(RetainExtension.DAYS))
                .toList();
    }

    @Test
    void aVendorsParameterIsCarriedToTheNextServer() throws Exception {
        RecordingSink sink = RecordingSink.blocking();
        try (SmtpServer last = threeExtensions(sink);
                SmtpClient client = SmtpClient.builder("relay.example.test")
                        .with(new RetainExtension())
                        .build();
                SmtpServer relay = SmtpServer.builder("relay.example.test")
                        .listen("mx", Role.MX, ANY_PORT)
                        .local("example.test")
                        .with(new RetainExtension())
                        .start(MessageSink.reading(new Forwarder(client, address(last))))) {
            play("carried.smtp", relay.address("mx"));
        }
        assertEquals(List.of(Optional.of(90)), retained(sink));
        RecordedMail mail = sink.mails().getFirst();
        assertEquals("<bob@example.test>", mail.recipients());
        assertTrue(mail.text().endsWith("Subject: carried\r\n\r\n"), mail::text);
    }

    @Test
    void aServerWithoutTheExtensionIsNotSentWhatItCannotKeep() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
                SmtpServer last = TenLines.start(ANY_PORT, out);
                SmtpClient client = SmtpClient.builder("relay.example.test")
                        .with(new RetainExtension())
                        .build();
                SmtpServer relay = SmtpServer.builder("relay.example.test")
                        .listen("mx", Role.MX, ANY_PORT)
                        .local("example.test")
                        .with(new RetainExtension())
                        .start(MessageSink.reading(new Forwarder(client, address(last))))) {
            play("not-carried.smtp", relay.address("mx"));
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }

    private static ServerAddress address(SmtpServer server) {
        return ServerAddress.of("127.0.0.1", server.address("mx").getPort());
    }
}
