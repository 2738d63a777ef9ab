package org.mailwright.smtp.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.gateway.Requests;
import org.mailwright.smtp.gateway.http.WebhookSignature.Claims;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;

@Timeout(60)
class WebhookDelivererTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final String MAIL = "Subject: a\r\n\r\né\r\n";
    private static final WebhookSignature SECRET =
            new WebhookSignature("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Posted(Map<String, List<String>> fields, byte[] body) {
        String field(String name) {
            return fields.getOrDefault(name, List.of("none")).get(0);
        }

        Claims claims() {
            return new Claims(
                    field("X-timestamp"), field("Idempotency-key"), field("X-envelope-from"), field("X-envelope-to"));
        }
    }

    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        released.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            posted.add(new Posted(
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes()));
            String path = exchange.getRequestURI().getPath().substring(1);
            if (path.equals("silent")) {
                released.await();
            } else if (path.equals("endless")) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                released.await();
            } else {
                exchange.getResponseHeaders().set("Location", "/200");
                exchange.sendResponseHeaders(Integer.parseInt(path), -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<DeliveryResult> deliver(String path, DeliveryRequest request) throws InterruptedException {
        URI url = URI.create("http://localhost:" + server.getAddress().getPort() + "/" + path);
        WebhookConfig config = WebhookConfig.of(url, SECRET).withTimes(Duration.ofSeconds(2), Duration.ofSeconds(2));
        try (WebhookDeliverer deliverer = new WebhookDeliverer(config, Optional.empty(), () -> NOW)) {
            return deliverer.deliver(request);
        }
    }

    @Test
    void postsASignedMailForEachRecipient() throws Exception {
        DeliveryRequest request = Requests.request(MAIL, "<\"b c%\"@example.test>", "<é@example.test>");
        assertEquals(List.of("250 2.0.0", "250 2.0.0"), Requests.codes(deliver("204", request)));
        Posted first = posted.get(0);
        assertEquals(MAIL, new String(first.body(), StandardCharsets.UTF_8));
        assertEquals("message/rfc822", first.field("Content-type"));
        assertEquals(Integer.toString(first.body().length), first.field("Content-length"));
        assertFalse(first.fields().containsKey("Transfer-encoding"));
        assertEquals("sender@elsewhere.test", first.field("X-envelope-from"));
        assertEquals("%22b%20c%25%22@example.test", first.field("X-envelope-to"));
        assertEquals("m1-%22b%20c%25%22@example.test", first.field("Idempotency-key"));
        assertEquals("%C3%A9@example.test", posted.get(1).field("X-envelope-to"));

        String signature = first.field("X-signature");
        assertTrue(verify(signature, first.claims(), first.body(), NOW.plusSeconds(299)));
        assertFalse(verify(signature, first.claims(), first.body(), NOW.plusSeconds(301)));
        assertFalse(verify(signature, first.claims(), first.body(), NOW.minusSeconds(301)));
        assertFalse(verify(signature, posted.get(1).claims(), first.body(), NOW));
        assertFalse(verify(signature, first.claims(), new byte[] {'x'}, NOW));
        Claims wrong = new Claims("soon", "", "", "");
        assertFalse(verify(signature, wrong, first.body(), NOW));
    }

    private static boolean verify(String signature, Claims claims, byte[] body, Instant now) throws IOException {
        return SECRET.verify(signature, claims, new ByteArrayInputStream(body), now);
    }

    @ParameterizedTest
    @CsvSource({
        "200,250 2.0.0",
        "202,250 2.0.0",
        "302,451 4.3.5",
        "307,451 4.3.5",
        "400,554 5.3.0",
        "401,554 5.3.0",
        "404,554 5.3.0",
        "408,451 4.3.2",
        "429,451 4.3.2",
        "500,451 4.3.0",
        "503,451 4.3.0"
    })
    void understandsTheStatus(String status, String code) throws Exception {
        assertEquals(List.of(code), Requests.codes(deliver(status, Requests.request(MAIL, "<b@example.test>"))));
        assertEquals(1, posted.size());
    }

    @Test
    void waitsNoLongerThanItMay() throws Exception {
        List<DeliveryResult> results = deliver("silent", Requests.request(MAIL, "<b@example.test>"));
        assertInstanceOf(Outcome.Unknown.class, results.get(0).outcome());
        assertEquals(
                List.of("250 2.0.0"), Requests.codes(deliver("endless", Requests.request(MAIL, "<b@example.test>"))));
    }

    @Test
    void tellsAHostThatIsNotThere() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        WebhookConfig config = WebhookConfig.of(URI.create("http://localhost:" + port + "/"), SECRET);
        try (WebhookDeliverer deliverer = new WebhookDeliverer(config, Optional.empty(), () -> NOW)) {
            List<DeliveryResult> results = deliverer.deliver(Requests.request(MAIL, "<b@example.test>"));
            assertInstanceOf(Outcome.Failed.class, results.get(0).outcome());
            assertEquals(Moment.CONNECT, results.get(0).outcome().moment());
        }
    }

    @Test
    void postsNothingThatCannotBeReadOrIsNotOurs() throws Exception {
        Body broken = Body.of(OptionalLong.empty(), () -> {
            throw new IOException("the medium is gone");
        });
        assertEquals(
                List.of("451 4.3.0"),
                Requests.codes(deliver("200", Requests.request("m1", broken, "<b@example.test>"))));
        DeliveryRequest lost = Requests.request("m1", "<>", Body.of(new byte[] {'a'}), () -> false, "<b@example.test>");
        assertEquals(List.of("451 4.3.2"), Requests.codes(deliver("200", lost)));
        assertEquals(0, posted.size());
    }

    @Test
    void refusesConfigurationsThatMakeNoSense() {
        for (String url : List.of("ftp://a.test/", "http:///x", "http://me:pw@a.test/", "http://a.test/#x")) {
            assertThrows(IllegalArgumentException.class, () -> WebhookConfig.of(URI.create(url), SECRET));
        }
        assertThrows(IllegalArgumentException.class, () -> new WebhookSignature(new byte[15]));
    }
}
