package org.mailwright.smtp.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The lines a run sends, encoded once. */
final class Script {

    final ByteBuffer hello;
    final ByteBuffer startTls = line("STARTTLS");
    final ByteBuffer mail;
    final ByteBuffer[] recipients;
    final ByteBuffer data = line("DATA");
    final ByteBuffer quit = line("QUIT");
    final ByteBuffer envelope;
    final Payload payload;

    Script(LoadPlan plan) {
        hello = line((plan.lmtp() ? "LHLO" : "EHLO") + " load.example.test");
        mail = line("MAIL FROM:<" + plan.from() + ">");
        recipients = new ByteBuffer[plan.recipients()];
        for (int i = 0; i < recipients.length; i++) {
            recipients[i] = line("RCPT TO:<" + plan.to().replace("{}", Integer.toString(i + 1)) + ">");
        }
        envelope = joined();
        payload = new Payload(plan.size());
    }

    private ByteBuffer joined() {
        int total = mail.remaining() + data.remaining();
        for (ByteBuffer recipient : recipients) {
            total += recipient.remaining();
        }
        ByteBuffer all = ByteBuffer.allocateDirect(total).put(mail.duplicate());
        for (ByteBuffer recipient : recipients) {
            all.put(recipient.duplicate());
        }
        return all.put(data.duplicate()).flip();
    }

    private static ByteBuffer line(String text) {
        byte[] bytes = (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
