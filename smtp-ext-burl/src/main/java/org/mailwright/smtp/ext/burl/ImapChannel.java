package org.mailwright.smtp.ext.burl;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A connection to an IMAP server: lines and octets, until its time is over. */
final class ImapChannel implements AutoCloseable {

    private static final int LONGEST_LINE = 16 * 1024;

    private final ImapServer server;
    private final String name;
    private final long end;
    private Socket socket;
    private InputStream in;

    /**
     * Connects.
     *
     * @param name the name that stands in the URL and in the certificate
     */
    ImapChannel(ImapServer server, String name, Duration timeout) throws IOException {
        this.server = server;
        this.name = name;
        this.end = System.nanoTime() + timeout.toNanos();
        Socket plain = new Socket();
        this.socket = plain;
        this.in = InputStream.nullInputStream();
        try {
            plain.connect(new InetSocketAddress(server.host(), server.port()), left());
            plain.setTcpNoDelay(true);
            in = new BufferedInputStream(plain.getInputStream());
            if (server.security() == ImapServer.Security.IMPLICIT) {
                secure();
            }
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /** Switches to TLS; what came in clear before is a reason to go. */
    void secure() throws IOException {
        if (in.available() > 0) {
            throw new IOException("octets in clear in front of TLS");
        }
        SSLSocketFactory factory =
                server.certificates().orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, name, server.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(left());
        socket = secured;
        secured.startHandshake();
        in = new BufferedInputStream(secured.getInputStream());
    }

    /** Sends a line. */
    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Reads a line, without its end, one char per octet. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int octet = read();
            if (octet == '\n') {
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
            if (line.length() >= LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " octets");
            }
            line.append((char) octet);
        }
    }

    private int read() throws IOException {
        socket.setSoTimeout(left());
        int octet = in.read();
        if (octet < 0) {
            throw new IOException("the connection ended");
        }
        return octet;
    }

    /** Reads some octets, at least one. */
    int read(byte[] into, int most) throws IOException {
        socket.setSoTimeout(left());
        int count = in.read(into, 0, Math.min(into.length, most));
        if (count < 0) {
            throw new IOException("the connection ended");
        }
        return count;
    }

    /** Returns the milliseconds that are left, at least one. */
    private int left() throws SocketTimeoutException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("the time is over");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
