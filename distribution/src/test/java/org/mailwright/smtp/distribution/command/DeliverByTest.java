package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

/** What a sender hears who has said by when a mail is to be delivered (RFC 2852). */
@Timeout(60)
class DeliverByTest {
    @TempDir
    private Path folder;

    private void write(String to) throws IOException {
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
            [[route]]
            domain = "far.test"
            inbound = true
            to = "%s"
            """.formatted(to));
    }

    @Test
    void modeNotifyIsLateAndGoesOnAndModeReturnComesBack() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        write("[127.0.0.1]:" + nobody);
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            send(server, "<b@far.test>", " BY=1;N");
            String late = report("Action: delayed");
            assertTrue(late.contains("\nFinal-Recipient: rfc822; b@far.test\n"), late);
            assertTrue(late.contains("\nDeliver-By-Date: "), late);
            assertTrue(late.contains("\nStatus: 4.4.7\n"), late);

            send(server, "<c@far.test>", " BY=1;R");
            String back = report("Action: failed");
            assertTrue(back.contains("\nFinal-Recipient: rfc822; c@far.test\n"), back);
            assertTrue(back.contains("\nStatus: 5.4.7\n"), back);

            String waiting = new TestTerminal(folder)
                    .run("", "queue", "list", "--config", "mw.toml")
                    .out();
            assertTrue(waiting.contains("<b@far.test>"), waiting);
            assertFalse(waiting.contains("<c@far.test>"), waiting);
        }
    }

    @Test
    void eachRelayIsToldToWhoTraces() throws Exception {
        write("bsmtp:spool");
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            send(server, "<b@far.test> NOTIFY=FAILURE", " BY=600;RT");
            String relayed = report("Action: relayed");
            assertTrue(relayed.contains("\nFinal-Recipient: rfc822; b@far.test\n"), relayed);
            send(server, "<never@far.test> NOTIFY=NEVER", " BY=600;RT");
            send(server, "<c@far.test>", " BY=600;R");
            send(server, "<d@far.test>", " BY=600;N");
            report("rfc822; d@far.test\nAction: relayed");
            assertEquals(
                    2, mails().size(), "the host that does not know of a time is told of, and the one that traces");
        }
    }

    /** RFC 2852 section 4.1.4.2: who gets the mail, but knows nothing of its time, is asked to tell of delays. */
    @Test
    void asksForReportsOfDelaysWhereTheTimeIsNotKnown() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("DSN"));
                ScriptedPeer knows = ScriptedPeer.start(PeerScript.offering("DSN", "DELIVERBY"))) {
            write("[127.0.0.1]:" + peer.port());
            try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
                send(server, "<b@far.test>", " BY=600;N");
                send(server, "<c@far.test> NOTIFY=SUCCESS", " BY=600;N");
                send(server, "<d@far.test> NOTIFY=NEVER", " BY=600;N");
                send(server, "<e@far.test>", "");
                assertEquals(
                        List.of(
                                "RCPT TO:<b@far.test> NOTIFY=FAILURE,DELAY",
                                "RCPT TO:<c@far.test> NOTIFY=SUCCESS,DELAY",
                                "RCPT TO:<d@far.test> NOTIFY=NEVER",
                                "RCPT TO:<e@far.test>"),
                        recipients(peer, 4));
                send(server, "<f@far.test>", " BY=600;R");
                String back = report("rfc822; f@far.test");
                assertTrue(back.contains("\nStatus: 5.3.3\n"), back);
            }
            write("[127.0.0.1]:" + knows.port());
            try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
                send(server, "<b@far.test>", " BY=600;N");
                assertEquals(List.of("RCPT TO:<b@far.test>"), recipients(knows, 1));
            }
        }
    }

    private static List<String> recipients(ScriptedPeer peer, int count) {
        List<String> found = List.of();
        while (found.size() < count) {
            found = peer.lines().stream()
                    .filter(line -> line.startsWith("RCPT"))
                    .sorted()
                    .toList();
            Thread.onSpinWait();
        }
        return found;
    }

    private void send(RunningServer server, String to, String by) throws IOException {
        new Correspondent(folder).send(server, to, by);
    }

    private String report(String says) throws IOException {
        return new Correspondent(folder).report(says);
    }

    private List<Path> mails() throws IOException {
        return new Correspondent(folder).mails();
    }
}
