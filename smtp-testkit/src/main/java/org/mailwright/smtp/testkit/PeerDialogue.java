package org.mailwright.smtp.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link ScriptedPeer}, on a thread of its own. */
final class PeerDialogue {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int LONGEST_LINE = 1 << 20;
    private static final byte[] END = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);

    private final PeerScript script;
    private final ScriptedPeer peer;
    private final Map<String, Integer> times = new HashMap<>();
    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private boolean secure;
    private boolean over;
    private int recipients;

    PeerDialogue(PeerScript script, ScriptedPeer peer, Socket socket) throws IOException {
        this.script = script;
        this.peer = peer;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Talks until one side goes away. */
    void run() throws IOException, InterruptedException {
        if (script.isImplicitTls()) {
            secure(script.tls().orElseThrow());
        }
        answer(PeerScript.CONNECT, "220 peer.example.test ESMTP");
        while (!over) {
            String line = line();
            peer.heard(line);
            int blank = line.indexOf(' ');
            command((blank < 0 ? line : line.substring(0, blank)).toUpperCase(Locale.ROOT), line);
        }
    }

    private void command(String verb, String line) throws IOException, InterruptedException {
        switch (verb) {
            case "EHLO", "LHLO" -> answer(verb, hello());
            case "HELO" -> answer(verb, "250 peer.example.test");
            case "STARTTLS" -> {
                if (answer(verb, "220 2.0.0 Go ahead")) {
                    secure(script.tls().orElseThrow());
                }
            }
            case "MAIL" -> {
                recipients = 0;
                chunks.reset();
                answer(verb, "250 2.1.0 Ok");
            }
            case "RCPT" -> recipients += answer(verb, "250 2.1.5 Ok") ? 1 : 0;
            case "DATA" -> {
                if (answer(verb, "354 Go ahead")) {
                    content();
                }
            }
            case "BDAT" -> chunk(line);
            case "RSET", "NOOP" -> answer(verb, "250 2.0.0 Ok");
            case "QUIT" -> {
                answer(verb, "221 2.0.0 Bye");
                over = true;
            }
            default -> answer(verb, "500 5.5.1 What?");
        }
    }

    private String hello() {
        StringBuilder text = new StringBuilder("250");
        String line = "peer.example.test";
        for (String keyword : script.keywords(secure)) {
            text.append('-').append(line).append("\r\n250");
            line = keyword;
        }
        return text.append(' ').append(line).toString();
    }

    private void content() throws IOException, InterruptedException {
        if (!answer(PeerScript.CONTENT, "")) {
            return;
        }
        peer.taken(readContent());
        ended();
    }

    private void ended() throws IOException, InterruptedException {
        int answers = script.isLmtp() ? recipients : 1;
        for (int i = 0; i < answers && !over; i++) {
            answer(PeerScript.END, "250 2.0.0 Taken");
        }
    }

    /** Takes a chunk (RFC 3030 §2); its octets come before anything is answered. */
    private void chunk(String line) throws IOException, InterruptedException {
        String[] words = line.split(" ", -1);
        int count = Integer.parseInt(words[1]);
        for (int i = 0; i < count; i++) {
            chunks.write(read());
        }
        if (words.length < 3) {
            answer("BDAT", "250 2.0.0 " + count + " octets taken");
            return;
        }
        peer.taken(chunks.toByteArray());
        chunks.reset();
        ended();
    }

    /** Does what the script says for a moment; true when that was to behave. */
    private boolean answer(String moment, String usual) throws IOException, InterruptedException {
        int count = times.merge(moment, 1, Integer::sum);
        return act(script.action(moment, count), usual);
    }

    private boolean act(PeerAction action, String usual) throws IOException, InterruptedException {
        switch (action) {
            case PeerAction.Behave behave -> {
                if (!usual.isEmpty()) {
                    out.write((usual + "\r\n").getBytes(StandardCharsets.UTF_8));
                }
                return true;
            }
            case PeerAction.Send send -> out.write(latin(send.octets()));
            case PeerAction.Trickle trickle -> {
                for (byte octet : latin(trickle.octets())) {
                    out.write(octet);
                    out.flush();
                }
            }
            case PeerAction.Flood flood -> {
                byte[] unit = latin(flood.octets());
                for (int i = 0; i < flood.times(); i++) {
                    out.write(unit);
                }
            }
            case PeerAction.Pause pause -> peer.awaitClosed(pause.time());
            case PeerAction.Await await -> {
                while (!peer.isClosed() && !await.latch().await(20, TimeUnit.MILLISECONDS)) {
                    // looks again whether the peer was closed
                }
            }
            case PeerAction.Close close -> end(false);
            case PeerAction.Reset reset -> end(true);
            case PeerAction.All all -> {
                return actAll(all.actions(), usual);
            }
        }
        return false;
    }

    private static byte[] latin(String octets) {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    private boolean actAll(List<PeerAction> actions, String usual) throws IOException, InterruptedException {
        boolean behaved = false;
        for (PeerAction action : actions) {
            if (over) {
                return false;
            }
            behaved |= act(action, usual);
        }
        return behaved;
    }

    private void end(boolean reset) throws IOException {
        over = true;
        if (reset) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    private void secure(SSLContext context) throws IOException {
        SSLSocket layered = (SSLSocket) context.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        layered.setUseClientMode(false);
        layered.startHandshake();
        socket = layered;
        in = new BufferedInputStream(layered.getInputStream());
        out = layered.getOutputStream();
        secure = true;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = read(); octet != '\n'; octet = read()) {
            line.write(octet);
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " octets");
            }
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Reads to CRLF.CRLF; the octets are kept as they were on the wire, without the last line. */
    private byte[] readContent() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int matched = 2; // as if a line had ended before
        while (matched < END.length) {
            int octet = read();
            content.write(octet);
            matched = octet == END[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
        }
        byte[] all = content.toByteArray();
        return Arrays.copyOf(all, all.length - 3);
    }

    private int read() throws IOException {
        try {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the other side has gone");
            }
            return octet;
        } catch (SocketTimeoutException e) {
            throw new IOException("the other side says nothing", e);
        }
    }
}
