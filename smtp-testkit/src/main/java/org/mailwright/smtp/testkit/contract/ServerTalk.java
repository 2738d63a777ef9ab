package org.mailwright.smtp.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.testkit.FakeTls;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.TestService;

/** A session with a server in memory, behind EHLO. */
final class ServerTalk implements AutoCloseable {

    static final String MAIL = "MAIL FROM:<a@client.example>";
    static final String RCPT = "RCPT TO:<b@example.test>";

    private final MemoryTransport transport = new MemoryTransport();
    private final RecordingSink sink = RecordingSink.blocking();
    private final boolean octetwise;
    private final List<String> heard = new ArrayList<>();
    private final Set<String> keywords = new TreeSet<>();

    /**
     * Connects and says EHLO.
     *
     * @param front what is said before the greeting where the service awaits it, an octet for each char
     * @param octetwise whether each octet comes alone
     */
    ServerTalk(TestService service, String front, boolean octetwise) {
        this.octetwise = octetwise;
        SmtpService composed = service.into(sink);
        transport.begin(composed.conversation());
        if (service.profile().implicitTls()) {
            transport.startTls(new FakeTls());
            transport.secure(FakeTls.SESSION);
        }
        if (composed.isPrefaced()) {
            feed(front.getBytes(StandardCharsets.ISO_8859_1));
        }
        heard.add(transport.take());
        if (!transport.isOpen()) {
            return;
        }
        String hello = say(
                switch (service.profile().role()) {
                    case MX, SUBMISSION -> "EHLO client.example";
                    case LMTP -> "LHLO client.example";
                });
        hello.lines()
                .skip(1)
                .map(line -> line.substring(4).split(" ", 2)[0])
                .map(word -> word.toUpperCase(Locale.ROOT))
                .forEach(keywords::add);
    }

    /** Says a line; returns the reply. */
    String say(String line) {
        feed((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        String reply = transport.take();
        heard.add(reply);
        return reply;
    }

    private void feed(byte[] octets) {
        if (!octetwise) {
            transport.feed(octets);
            return;
        }
        for (int i = 0; i < octets.length && transport.isOpen(); i++) {
            transport.feed(new byte[] {octets[i]});
        }
    }

    /** Says a line; returns the code of the reply, 0 where there is none. */
    int code(String line) {
        String reply = say(line);
        return reply.matches("(?s)[2-5][0-9][0-9].*") ? Integer.parseInt(reply.substring(0, 3)) : 0;
    }

    /** Returns the keywords that were offered, in upper case. */
    Set<String> keywords() {
        return keywords;
    }

    /** Returns all replies so far. */
    List<String> heard() {
        return heard;
    }

    /** Returns the mails that were taken. */
    List<RecordedMail> mails() {
        return sink.mails();
    }

    /** Tells whether the server has cut the connection. */
    boolean isCut() {
        return !transport.isOpen();
    }

    @Override
    public void close() {
        if (transport.isOpen()) {
            transport.disconnect("");
        }
    }
}
