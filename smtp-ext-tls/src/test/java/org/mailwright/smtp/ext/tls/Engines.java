package org.mailwright.smtp.ext.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Two engines that talk in memory. */
final class Engines {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MOST_TURNS = 100;

    final SSLEngine client;
    final SSLEngine server;
    private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();
    private final ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
    private final ByteBuffer clientText = ByteBuffer.allocate(1 << 17);
    private final ByteBuffer serverText = ByteBuffer.allocate(1 << 17);

    Engines(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
    }

    /** Runs both handshakes to their end, or until one fails. */
    Engines handshake() throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        exchange();
        return this;
    }

    /** Lets octets flow until nothing moves any more. */
    void exchange() throws SSLException {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            int before = toServer.position() + toClient.position();
            boolean moved = step(client, toClient, toServer, clientText);
            int written = toClient.position();
            moved |= step(server, toServer, toClient, serverText);
            fromServer.write(toClient.array(), written, toClient.position() - written);
            if (!moved && before == toServer.position() + toClient.position()) {
                return;
            }
        }
        throw new AssertionError("the handshake never ends");
    }

    /** What the server's application reads when the client's writes this. */
    String send(String text) throws SSLException {
        client.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), toServer);
        exchange();
        serverText.flip();
        String read = StandardCharsets.UTF_8.decode(serverText).toString();
        serverText.clear();
        return read;
    }

    /** Gives the server's engine octets that no engine has made. */
    void intoServer(String clear) throws SSLException {
        toServer.put(clear.getBytes(StandardCharsets.US_ASCII));
        step(server, toServer, toClient, serverText);
    }

    /** All that the server has sent so far, as it went over the wire. */
    byte[] wireFromServer() {
        return fromServer.toByteArray();
    }

    /** The certificate that the client was shown. */
    X509Certificate shown() throws SSLException {
        return (X509Certificate) client.getSession().getPeerCertificates()[0];
    }

    private static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out, ByteBuffer text) throws SSLException {
        boolean moved = false;
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
                moved = true;
            } else if (status == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
                engine.wrap(NOTHING, out);
                moved = true;
            } else {
                in.flip();
                if (!in.hasRemaining() || engine.isInboundDone()) {
                    in.compact();
                    return moved;
                }
                SSLEngineResult result;
                try {
                    result = engine.unwrap(in, text);
                } finally {
                    in.compact();
                }
                if (result.getStatus() != Status.OK) {
                    return moved;
                }
                moved = true;
            }
        }
    }
}
