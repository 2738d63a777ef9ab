package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private void send(RunningServer server, String to) throws IOException {
        new Correspondent(folder).send(server, to, MAIL);
    }

    private String report(String says) throws IOException {
        return new Correspondent(folder).report(says);
    }

    private List<Path> mails() throws IOException {
        return new Correspondent(folder).mails();
    }
}
