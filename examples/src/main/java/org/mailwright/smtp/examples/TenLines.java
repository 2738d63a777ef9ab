package org.mailwright.smtp.examples;

import java.io.IOException;
import java.io.PrintStream;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.server.SmtpServer;

/**
 * A server in ten lines. It takes mail for example.test from anyone, refuses to relay, and prints what it takes.
 *
 * <p>A server is a name, where it listens and what for, the domains that are its own, and a sink for the mail. This
 * sink reads: it is given the envelope and a stream, runs on a virtual thread of its own, may block as it likes, and
 * its reply is what the client hears. When it throws, the client hears 451 and tries again later.
 */
public final class TenLines {

    private TenLines() {}

    static SmtpServer start(String address, PrintStream out) throws IOException {
        return SmtpServer.builder("mx.example.test")
                .listen("mx", Role.MX, address)
                .local("example.test")
                .start(MessageSink.reading((envelope, content) -> {
                    out.println("mail from " + envelope.reversePath().path());
                    content.transferTo(out);
                    return Reply.of(250, "2.0.0", "Printed");
                }));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        start("127.0.0.1:2525", System.out).awaitEnd(); // Ctrl-C ends it
    }
}
