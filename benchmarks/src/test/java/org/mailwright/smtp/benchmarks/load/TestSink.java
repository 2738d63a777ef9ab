package org.mailwright.smtp.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server of a few lines that takes every mail but those from a sender with "refuse" in his name, and counts. */
final class TestSink implements AutoCloseable {

    final AtomicInteger mails = new AtomicInteger();
    final AtomicInteger octets = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();
    final List<IOException> failures = new CopyOnWriteArrayList<>();

    private static final Map<String, String> REPLIES = Map.of(
            "EHLO", "250-sink\r\n250 PIPELINING\r\n",
            "LHLO", "250-sink\r\n250 PIPELINING\r\n",
            "STAR", "220 go\r\n",
            "DATA", "354 go\r\n");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final TlsMode mode;
    private final SSLContext tls;

    TestSink(TlsMode mode, SSLContext tls) throws IOException {
        this.mode = mode;
        this.tls = tls;
        threads.execute(this::acceptAll);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    failures.add(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        connections.incrementAndGet();
        try (socket) {
            Socket line = mode == TlsMode.IMPLICIT ? secured(socket) : socket;
            say(line.getOutputStream(), "220 ready\r\n");
            while (talk(line)) {
                line = secured(line);
            }
        } catch (IOException e) {
            failures.add(e);
        }
    }

    /** Talks until the end or STARTTLS; true for the latter. */
    private boolean talk(Socket line) throws IOException {
        OutputStream out = line.getOutputStream();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.ISO_8859_1));
        int recipients = 0;
        boolean lmtp = false;
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            String verb = command.substring(0, 4);
            lmtp |= verb.equals("LHLO");
            recipients = verb.equals("RCPT") ? recipients + 1 : recipients;
            if (command.contains("refuse")) {
                say(out, "550 no\r\n");
            } else if (verb.equals("QUIT")) {
                say(out, "221 bye\r\n");
                return false;
            } else {
                say(out, REPLIES.getOrDefault(verb, "250 ok\r\n"));
            }
            if (verb.equals("STAR")) {
                return true;
            }
            if (verb.equals("DATA")) {
                receive(in);
                say(out, "250 taken\r\n".repeat(lmtp ? recipients : 1));
                recipients = 0;
            }
        }
        return false;
    }

    private Socket secured(Socket clear) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(clear, null, true);
        socket.setUseClientMode(false);
        return socket;
    }

    private void receive(BufferedReader in) throws IOException {
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            octets.addAndGet(line.length() + 2);
        }
        mails.incrementAndGet();
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
