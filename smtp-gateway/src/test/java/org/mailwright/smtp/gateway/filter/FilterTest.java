package org.mailwright.smtp.gateway.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.gateway.Requests;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.ScriptedPeer;
import org.mailwright.smtp.testkit.TestServer;
import org.mailwright.smtp.testkit.TestService;

@Timeout(60)
class FilterTest {
    private static SmtpClient client() {
        return SmtpClient.builder("mx.example.test").build();
    }

    private static ServerAddress at(int port) {
        return ServerAddress.of("127.0.0.1", port);
    }

    private static List<String> send(int port, byte[] content, String... recipients) throws InterruptedException {
        OutgoingMail mail = OutgoingMail.of(
                ReversePath.parse("<a@there.test>"),
                List.of(recipients).stream().map(ForwardPath::parse).toList(),
                Body.of(content));
        try (SmtpClient client = client()) {
            MailResult result = client.send(at(port), mail);
            return result.recipients().stream()
                    .map(one -> one.outcome().reply())
                    .map(reply -> reply.code() + " "
                            + reply.enhanced().map(Object::toString).orElse("-"))
                    .toList();
        }
    }

    /** A content filter: refuses what says "spam", marks the rest and gives it back. */
    private static MessageSink marking(SmtpClient client, int next) {
        return MessageSink.reading((envelope, content) -> {
            byte[] octets = content.readAllBytes();
            if (new String(octets, StandardCharsets.US_ASCII).contains("spam")) {
                return Reply.of(554, "5.7.1", "No spam please");
            }
            byte[] mark = "X-Filtered: yes\r\n".getBytes(StandardCharsets.US_ASCII);
            byte[] marked = ByteBuffer.allocate(mark.length + octets.length)
                    .put(mark)
                    .put(octets)
                    .array();
            try {
                MailResult result = client.send(at(next), OutgoingMail.of(envelope, Body.of(marked)));
                return result.recipients().get(0).outcome().reply();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        });
    }

    @Test
    void passesMailThroughBeforeTheQueue() throws Exception {
        RecordingSink queue = RecordingSink.blocking();
        byte[] large = ("x".repeat(998) + "\r\n").repeat(5000).getBytes(StandardCharsets.US_ASCII);
        try (TestServer behind = TestServer.start(TestService.mx(), queue);
                SmtpClient ofFilter = client();
                TestServer filter = TestServer.start(TestService.mx(), marking(ofFilter, behind.port()));
                FilterSink sink = new FilterSink(client(), at(filter.port()));
                TestServer front = TestServer.start(TestService.mx(), sink)) {
            assertEquals(
                    List.of("250 2.0.0", "250 2.0.0"),
                    send(front.port(), large, "<b@example.test>", "<c@example.test>"));
            assertEquals(
                    List.of("554 5.7.1"),
                    send(front.port(), "spam\r\n".getBytes(StandardCharsets.US_ASCII), "<b@example.test>"));
            assertEquals(
                    List.of("250 2.0.0"),
                    send(front.port(), ".\r\n".getBytes(StandardCharsets.US_ASCII), "<d@example.test>"));
        }
        assertEquals(2, queue.mails().size());
        assertEquals("<b@example.test> <c@example.test>", queue.mails().get(0).recipients());
        assertEquals(
                "X-Filtered: yes\r\n" + new String(large, StandardCharsets.US_ASCII),
                queue.mails().get(0).text());
        assertEquals("X-Filtered: yes\r\n.\r\n", queue.mails().get(1).text());
    }

    @Test
    void streamsTheContentAndTakesItBackWhenTheClientGoesAway() throws Exception {
        CountDownLatch came = new CountDownLatch(1);
        CountDownLatch aborted = new CountDownLatch(1);
        MessageSink watching = envelope -> new MessageSink.Intake() {
            @Override
            public void write(ByteBuffer octets) {
                octets.position(octets.limit());
                came.countDown();
            }

            @Override
            public Acceptance commit() throws SmtpException {
                throw new SmtpException(Reply.of(554, "5.3.0", "half a mail was committed"));
            }

            @Override
            public void abort() {
                aborted.countDown();
            }
        };
        try (TestServer filter = TestServer.start(TestService.mx(), watching);
                FilterSink sink = new FilterSink(client(), at(filter.port()));
                TestServer front = TestServer.start(TestService.mx(), sink)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port());
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
                OutputStream out = socket.getOutputStream();
                for (String line : List.of("HELO a", "MAIL FROM:<>", "RCPT TO:<b@example.test>", "DATA")) {
                    in.readLine();
                    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                in.readLine();
                byte[] part = ("x".repeat(998) + "\r\n").repeat(500).getBytes(StandardCharsets.US_ASCII);
                out.write(part);
                out.flush();
                assertTrue(came.await(20, TimeUnit.SECONDS), "nothing reached the filter before the end");
            }
            assertTrue(aborted.await(20, TimeUnit.SECONDS), "the filter was not told that the client is gone");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "(connect),554 5.3.2 no,451 4.3.0", "EHLO,550 5.7.1 no,451 4.3.0", "MAIL,550 5.7.1 no,550 5.7.1",
        "RCPT,452 4.2.2 full,452 4.2.2", "DATA,554 5.3.0 no,554 5.3.0", "(end),550 5.7.1 spam,550 5.7.1",
        "(end),421 4.3.2 bye,451 4.3.0"
    })
    void answersWhatTheFilterSays(String moment, String said, String answer) throws Exception {
        PeerScript script = PeerScript.offering("ENHANCEDSTATUSCODES").on(moment, said);
        if (moment.equals("EHLO")) {
            script = script.on("HELO", said);
        }
        try (ScriptedPeer filter = ScriptedPeer.start(script);
                FilterSink sink = new FilterSink(client(), at(filter.port()));
                TestServer front = TestServer.start(TestService.mx(), sink)) {
            assertEquals(
                    List.of(answer),
                    send(front.port(), "a\r\n".getBytes(StandardCharsets.US_ASCII), "<b@example.test>"));
        }
    }

    @Test
    void answersWhenTheFilterGoesAway() throws Exception {
        try (ScriptedPeer filter = ScriptedPeer.start(PeerScript.offering().on("(end)", PeerAction.close()));
                FilterSink sink = new FilterSink(client(), at(filter.port()));
                TestServer front = TestServer.start(TestService.mx(), sink)) {
            assertEquals(
                    List.of("451 4.3.0"),
                    send(front.port(), "a\r\n".getBytes(StandardCharsets.US_ASCII), "<b@example.test>"));
        }
    }

    @Test
    void answersEachRecipientWhereThereIsRoom() throws Exception {
        PeerScript script = PeerScript.offering("ENHANCEDSTATUSCODES").on("RCPT#2", "550 5.1.1 no");
        try (ScriptedPeer filter = ScriptedPeer.start(script);
                FilterSink sink = new FilterSink(client(), at(filter.port()));
                TestServer front = TestServer.start(TestService.of(Role.LMTP), sink);
                SmtpClient lmtp = SmtpClient.builder("a.test").lmtp().build()) {
            MailResult result = lmtp.send(
                    at(front.port()),
                    OutgoingMail.of(
                            ReversePath.parse("<>"),
                            List.of(ForwardPath.parse("<b@example.test>"), ForwardPath.parse("<c@example.test>")),
                            Body.of(new byte[] {'a', '\r', '\n'})));
            assertEquals(
                    List.of(250, 550),
                    result.recipients().stream()
                            .map(one -> one.outcome().reply().code())
                            .toList());
        }
    }

    @Test
    void deliversQueuedMailToAFilter() throws Exception {
        RecordingSink taken = RecordingSink.blocking();
        try (TestServer filter = TestServer.start(TestService.mx(), taken);
                FilterDeliverer deliverer = new FilterDeliverer(client(), at(filter.port()))) {
            List<DeliveryResult> results =
                    deliverer.deliver(Requests.request("a\r\n", "<b@example.test>", "<c@example.test>"));
            assertEquals(List.of("250 2.0.0", "250 2.0.0"), Requests.codes(results));
            assertEquals(
                    "<b@example.test> <c@example.test>", taken.mails().get(0).recipients());

            List<DeliveryResult> lost = deliverer.deliver(
                    Requests.request("m2", "<>", Body.of(new byte[] {'a'}), () -> false, "<b@example.test>"));
            assertTrue(lost.get(0).outcome().reply().isTransient());
        }
        assertEquals(1, taken.mails().size());
    }

    @Test
    void restsTheLaneOfAFilterThatLetsNobodyIn() throws Exception {
        PeerScript script = PeerScript.offering().on("(connect)", "554 5.3.2 not you");
        try (ScriptedPeer filter = ScriptedPeer.start(script);
                FilterDeliverer deliverer = new FilterDeliverer(
                        SmtpClient.builder("mx.example.test")
                                .configure(config -> config.withConnectTimeout(Duration.ofSeconds(5)))
                                .build(),
                        at(filter.port()))) {
            List<DeliveryResult> results = deliverer.deliver(Requests.request("a\r\n", "<b@example.test>"));
            assertInstanceOf(Outcome.Failed.class, results.get(0).outcome());
            assertEquals(Moment.CONNECT, results.get(0).outcome().moment());
            assertEquals(List.of("451 4.3.0"), Requests.codes(results));
        }
    }
}
