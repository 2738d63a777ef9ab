package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

/** What senders hear of mail to aliases and lists, and what goes on with it (RFC 3461 section 5.2.7). */
@Timeout(60)
class DsnTest {
    private static final String MAIL = " RET=HDRS ENVID=Q+51";

    @TempDir
    private Path folder;

    private void write(ScriptedPeer peer, ScriptedPeer refusing) throws IOException {
        Files.writeString(folder.resolve("mw.toml"), """
            hostname = "mx.example.test"
            [[listener]]
            name = "mx"
            role = "mx"
            address = "127.0.0.1:0"
            tls = "none"
            [domains]
            local = ["example.test"]
            [users]
            unknown-recipients = "accept"
            [aliases]
            file = "aliases"
            [[route]]
            domain = "far.test"
            inbound = true
            to = "[127.0.0.1]:%d"
            [[route]]
            domain = "bad.test"
            inbound = true
            to = "[127.0.0.1]:%d"
            """.formatted(peer.port(), refusing.port()));
        Files.writeString(folder.resolve("aliases"), """
            one@example.test: b@far.test
            team@example.test: c@far.test, x@bad.test, d@example.test
            list@example.test: e@far.test
            owner-list@example.test: owner@example.test
            gone@example.test: :discard:
            """);
    }

    @Test
    void aliasesAreToldOfAndListsBeginAnew() throws Exception {
        PeerScript script = PeerScript.offering("DSN");
        try (ScriptedPeer peer = ScriptedPeer.start(script);
                ScriptedPeer refusing = ScriptedPeer.start(script.on("RCPT", "550 5.1.1 Nobody"))) {
            write(peer, refusing);
            try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
                send(server, "<one@example.test> NOTIFY=SUCCESS ORCPT=rfc822;first+40x.test");
                assertEquals(
                        "RCPT TO:<b@far.test> NOTIFY=SUCCESS ORCPT=rfc822;first+40x.test",
                        said(peer, "RCPT TO:<b@far.test>"));
                assertEquals("MAIL FROM:<a@example.test>" + MAIL, said(peer, "MAIL"));

                send(server, "<team@example.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;team@x.test");
                String expanded = report("Action: expanded");
                assertTrue(expanded.contains("\nFinal-Recipient: rfc822; team@example.test\n"), expanded);
                assertTrue(expanded.contains("\nOriginal-Recipient: rfc822; team@x.test\n"), expanded);
                assertTrue(expanded.contains("\nOriginal-Envelope-Id: QQ\n"), expanded);
                assertEquals(
                        "RCPT TO:<c@far.test> NOTIFY=FAILURE ORCPT=rfc822;team@x.test",
                        said(peer, "RCPT TO:<c@far.test>"));
                String failed = report("Action: failed");
                assertTrue(failed.contains("\nOriginal-Recipient: rfc822; team@x.test\n"), failed);
                assertTrue(failed.contains("\nFinal-Recipient: rfc822; team@example.test\n"), failed);

                send(server, "<list@example.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;list@x.test");
                String delivered = report("Final-Recipient: rfc822; list@example.test\nAction: delivered");
                assertTrue(delivered.contains("\nOriginal-Recipient: rfc822; list@x.test\n"), delivered);
                assertEquals("RCPT TO:<e@far.test>", said(peer, "RCPT TO:<e@far.test>"));
                assertEquals("MAIL FROM:<owner-list@example.test>", said(peer, "MAIL FROM:<owner"));

                send(server, "<gone@example.test> NOTIFY=SUCCESS");
                report("Final-Recipient: rfc822; gone@example.test\nAction: delivered");
                send(server, "<team@example.test> NOTIFY=NEVER");
                while (refusing.lines().stream().noneMatch("RCPT TO:<x@bad.test> NOTIFY=NEVER"::equals)) {
                    Thread.onSpinWait();
                }
                send(server, "<gone@example.test> NOTIFY=SUCCESS ORCPT=rfc822;end@x.test");
                report("rfc822; end@x.test");
                assertEquals(5, mails().size(), "nothing is told of who wants to hear nothing");
                assertFalse(peer.lines().stream().anyMatch(line -> line.contains("list@x.test")));
            }
        }
    }

    private static String said(ScriptedPeer peer, String begin) {
        while (!Thread.currentThread().isInterrupted()) {
            for (String line : peer.lines()) {
                if (line.startsWith(begin)) {
                    return line;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nobody says " + begin);
    }

    private String report(String says) throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            for (Path file : mails()) {
                String text = Files.readString(file);
                if (text.contains(says)) {
                    return text;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no report says " + says);
    }

    private List<Path> mails() throws IOException {
        Path maildir = folder.resolve("var/mail/example.test/a/new");
        if (!Files.isDirectory(maildir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(maildir)) {
            return files.toList();
        }
    }

    private static void send(RunningServer server, String to) throws IOException {
        String address = server.address("mx");
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            say(socket.getOutputStream(), in, "", "220");
            say(socket.getOutputStream(), in, "EHLO client.example.test", "250");
            say(socket.getOutputStream(), in, "MAIL FROM:<a@example.test>" + MAIL, "250");
            say(socket.getOutputStream(), in, "RCPT TO:" + to, "250");
            say(socket.getOutputStream(), in, "DATA", "354");
            say(socket.getOutputStream(), in, "Subject: x\r\n\r\nx\r\n.", "250");
        }
    }

    private static void say(OutputStream out, BufferedReader in, String command, String code) throws IOException {
        if (!command.isEmpty()) {
            out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        String line = String.valueOf(in.readLine());
        while (line.startsWith("-", 3)) {
            line = String.valueOf(in.readLine());
        }
        assertEquals(code, line.substring(0, 3), line);
    }
}
