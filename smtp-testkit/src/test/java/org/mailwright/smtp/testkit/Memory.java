package org.mailwright.smtp.testkit;

import java.util.List;
import org.mailwright.smtp.core.session.ServerSession;
import org.mailwright.smtp.core.transport.MemoryTransport;

/** A client in memory that a test drives by hand. */
final class Memory {

    /** EHLO, MAIL, RCPT and DATA of one mail. */
    static final String UP_TO_DATA =
            "EHLO client.example\r\nMAIL FROM:<a@client.example>\r\nRCPT TO:<b@example.test>\r\nDATA\r\n";

    /** What they are answered. */
    static final List<String> GO_AHEAD = List.of("250", "250", "250", "354");

    final RecordingSink sink;
    final MemoryTransport transport;

    Memory(TestService service, RecordingSink sink, MemoryTransport.Options options) {
        this.sink = sink;
        this.transport = new MemoryTransport(options);
        transport.begin(new ServerSession(service.into(sink)));
    }

    Memory(TestService service, RecordingSink sink) {
        this(service, sink, MemoryTransport.Options.DEFAULTS);
        transport.take();
    }

    /** Says something; returns the codes of the replies. */
    List<String> say(String octets) {
        transport.feed(octets);
        return codes();
    }

    /** Returns the codes of the replies since the last call. */
    List<String> codes() {
        return transport
                .take()
                .lines()
                .filter(line -> line.length() > 3 && line.charAt(3) == ' ')
                .map(line -> line.substring(0, 3))
                .toList();
    }
}
