package org.mailwright.smtp.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A connection over TCP. TLS trusts every certificate: it is the dialogue that is tested. */
final class SocketWire implements Wire {

    private static final int PATIENCE_MILLIS = 10_000;

    private final InetSocketAddress address;
    private Socket socket;
    private InputStream in;

    SocketWire(InetSocketAddress address) throws IOException {
        this.address = address;
        this.socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address, PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    @Override
    public void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    @Override
    public Optional<String> line() throws IOException {
        StringBuilder line = new StringBuilder();
        int octet = read();
        while (octet >= 0) {
            line.append((char) octet);
            if (octet == '\n' && line.length() > 1 && line.charAt(line.length() - 2) == '\r') {
                return Optional.of(Octets.text(line.substring(0, line.length() - 2)));
            }
            octet = read();
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
    }

    /** A server that says nothing, or is gone, has no next octet. */
    private int read() throws IOException {
        try {
            return in.read();
        } catch (SocketTimeoutException silent) {
            return -1;
        }
    }

    @Override
    public String pending() {
        return "";
    }

    @Override
    public void secure() throws IOException {
        if (in.available() > 0) {
            throw new IOException("the server said more in clear before TLS");
        }
        SSLSocket secured = (SSLSocket)
                context().getSocketFactory().createSocket(socket, address.getHostString(), address.getPort(), true);
        secured.startHandshake();
        socket = secured;
        in = new BufferedInputStream(secured.getInputStream());
    }

    private static SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IOException("no TLS here", missing);
        }
    }

    @Override
    public void endInput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void drop() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void pass(Duration span) {
        throw new IllegalStateException("time cannot be moved over a socket");
    }

    @Override
    public void stop() {
        throw new IllegalStateException("only a session in memory is asked to stop");
    }

    @Override
    public boolean closed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true; // closed with octets unread: as good as an end
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // whoever it is
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // whoever it is
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
