package org.mailwright.smtp.ext.burl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An IMAP server in clear that answers URLFETCH by the uid of the URL, well or badly, and remembers what it heard. */
final class FakeImap implements AutoCloseable {

    static final String PASSWORD = "s3cret";

    private final ServerSocket socket;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    FakeImap() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Returns the URLs that were asked for. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    ImapServer known(String password) {
        return new ImapServer(
                "127.0.0.1", port(), ImapServer.Security.NONE, Optional.empty(), "submit", password, false);
    }

    ImapServer onBehalf() {
        ImapServer known = known(PASSWORD);
        return new ImapServer(
                known.host(), known.port(), known.security(), known.certificates(), known.user(), PASSWORD, true);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.startVirtualThread(() -> talk(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            say(client, "* OK [CAPABILITY IMAP4rev1 URLAUTH] ready\r\n");
            String line = in.readLine();
            while (line != null) {
                String tag = line.substring(0, line.indexOf(' '));
                if (line.endsWith("AUTHENTICATE PLAIN")) {
                    say(client, "* OK still here\r\n+ \r\n");
                    String given = new String(Base64.getDecoder().decode(in.readLine()), StandardCharsets.UTF_8);
                    boolean fine = given.equals("\0submit\0" + PASSWORD) || given.equals("joe\0submit\0" + PASSWORD);
                    say(client, tag + (fine ? " OK in\r\n" : " NO out\r\n"));
                } else if (line.contains("URLFETCH")) {
                    String url = line.substring(line.indexOf('"'));
                    heard.add(url);
                    fetch(client, tag, url);
                } else {
                    say(client, "* BYE\r\n" + tag + " OK\r\n");
                }
                line = in.readLine();
            }
        } catch (IOException gone) {
            // a client may go at any time
        }
    }

    private static void fetch(Socket client, String tag, String url) throws IOException {
        String uid = url.replaceFirst("(?i).*;uid=([a-z]+).*", "$1");
        String ok = tag + " OK done\r\n";
        switch (uid) {
            case "message" -> say(client, literal(url, "Subject: hello\r\n\r\nfetched\r\n") + ok);
            case "head" -> say(client, literal(url, "Subject: mixed\r\n\r\n") + ok);
            case "open" -> say(client, literal(url, "no line end") + ok);
            case "empty" -> say(client, literal(url, "") + ok);
            case "quoted" -> say(client, "* URLFETCH " + url + " \"a \\\"text\\\"\"\r\n" + ok);
            case "bare" -> say(client, literal(url, "a\nb\r\n") + ok);
            case "nil" -> say(client, "* URLFETCH " + url + " NIL\r\n" + ok);
            case "none" -> say(client, ok);
            case "no" -> say(client, tag + " NO later\r\n");
            case "bad" -> say(client, tag + " BAD what\r\n");
            case "large" -> say(client, "* URLFETCH " + url + " {123456789012}\r\nx");
            case "cut" -> {
                say(client, "* URLFETCH " + url + " {100}\r\nx");
                client.close();
            }
            case "strange" -> say(client, "* URLFETCH " + url + " (1 2)\r\n" + ok);
            case "behind" -> say(client, "* URLFETCH " + url + " {1}\r\nxyz\r\n" + ok);
            case "other" -> say(client, "* 1 FETCH (BODY[] {5}\r\nabcde)\r\n" + ok);
            case "endless" -> say(client, "* OK again\r\n".repeat(2000) + ok);
            case "long" -> say(client, "* OK " + "x".repeat(70_000) + "\r\n" + ok);
            default -> {} // says nothing
        }
    }

    private static String literal(String url, String text) {
        return "* URLFETCH " + url + " {" + text.length() + "}\r\n" + text + "\r\n";
    }

    private static void say(Socket client, String text) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
