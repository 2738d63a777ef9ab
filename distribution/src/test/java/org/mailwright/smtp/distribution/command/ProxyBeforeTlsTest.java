package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load balancer in front of a listener that begins with TLS says in clear whose connection it is. */
@Timeout(60)
class ProxyBeforeTlsTest {
    private static final String HEADER = "PROXY TCP4 198.51.100.7 192.0.2.1 5555 465\r\n";

    @TempDir
    private Path folder;

    private void write(String trusted) throws IOException {
        Files.writeString(folder.resolve("mw.toml"), """
            hostname = "localhost"
            [[listener]]
            name = "mx"
            role = "mx"
            address = "127.0.0.1:0"
            tls = "implicit"
            extensions = ["PIPELINING", "ENHANCEDSTATUSCODES", "SIZE", "PROXY"]
            [domains]
            local = ["example.test"]
            [users]
            unknown-recipients = "accept"
            [queue]
            store = "none"
            [extension.PROXY]
            trusted = ["%s"]
            """.formatted(trusted));
    }

    /** With the client's first octets of the handshake in the same packet, and byte for byte. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 14, 1})
    void theSessionIsThatOfTheClient(int piece) throws Exception {
        write("127.0.0.0/8");
        try (RunningServer server = RunningServer.start(folder, "mw.toml");
                SSLSocket client = connect(server, HEADER, piece)) {
            send(client);
            assertEquals("TLSv1.3", client.getSession().getProtocol());
        }
        assertTrue(received().contains("from client.example.test ([198.51.100.7])"), this::received);
        assertTrue(received().contains(" with ESMTPS id "), this::received);
    }

    @Test
    void whoIsNotTrustedBeginsWithTls() throws Exception {
        write("192.0.2.0/24");
        try (RunningServer server = RunningServer.start(folder, "mw.toml");
                SSLSocket client = connect(server, "", 1 << 14)) {
            send(client);
        }
        assertTrue(received().contains("([127.0.0.1])"), this::received);
    }

    @Test
    void aReloadBringsItAndTakesItAway() throws Exception {
        write("127.0.0.0/8");
        String with = Files.readString(folder.resolve("mw.toml"));
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            reload(with.replace(", \"PROXY\"]", "]"));
            try (SSLSocket client = connect(server, "", 1 << 14)) {
                send(client);
            }
            reload(with);
            try (SSLSocket client = connect(server, HEADER, 1 << 14)) {
                send(client);
            }
        }
        assertTrue(received().contains("([127.0.0.1])"), this::received);
        assertTrue(received().contains("([198.51.100.7])"), this::received);
    }

    private void reload(String config) throws IOException {
        Files.writeString(folder.resolve("mw.toml"), config);
        Run run = new TestTerminal(folder).run("", "reload", "--config", "mw.toml");
        assertEquals(ExitStatus.OK, run.status(), run::err);
    }

    private static void send(SSLSocket client) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = client.getOutputStream();
        assertTrue(String.valueOf(in.readLine()).startsWith("220 "));
        out.write("EHLO client.example.test\r\nMAIL FROM:<a@far.test>\r\nRCPT TO:<b@example.test>\r\nDATA\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        String line = "";
        while (!line.startsWith("354")) {
            line = String.valueOf(in.readLine());
            assertTrue(line.matches("(250|354).*"), line);
        }
        out.write("Subject: x\r\n\r\nx\r\n.\r\n".getBytes(StandardCharsets.US_ASCII));
        assertTrue(String.valueOf(in.readLine()).startsWith("250 2."));
    }

    private SSLSocket connect(RunningServer server, String header, int piece) throws Exception {
        String address = server.address("mx");
        int colon = address.lastIndexOf(':');
        Socket behind = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))) {
            private final OutputStream headed = new Headed(super.getOutputStream(), header, piece);

            @Override
            public OutputStream getOutputStream() {
                return headed;
            }
        };
        behind.setTcpNoDelay(true);
        SSLSocket client = (SSLSocket) trusting().getSocketFactory().createSocket(behind, "localhost", 465, true);
        client.startHandshake();
        return client;
    }

    /** Puts a header in front of the first octets, and writes in pieces. */
    private static final class Headed extends FilterOutputStream {
        private byte[] first;
        private final int piece;

        Headed(OutputStream out, String header, int piece) {
            super(out);
            this.first = header.getBytes(StandardCharsets.US_ASCII);
            this.piece = piece;
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            byte[] all = new byte[first.length + length];
            System.arraycopy(first, 0, all, 0, first.length);
            System.arraycopy(octets, offset, all, first.length, length);
            first = new byte[0];
            for (int at = 0; at < all.length; at += piece) {
                out.write(all, at, Math.min(piece, all.length - at));
                out.flush();
            }
        }
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        String pem = Files.readString(folder.resolve("var/tls/self-signed.pem"));
        byte[] chain = pem.substring(pem.indexOf("-----BEGIN CERTIFICATE")).getBytes(StandardCharsets.US_ASCII);
        store.setCertificateEntry(
                "own", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(chain)));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** All that was delivered. */
    private String received() {
        try (var files = Files.list(folder.resolve("var/mail/example.test/b/new"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
