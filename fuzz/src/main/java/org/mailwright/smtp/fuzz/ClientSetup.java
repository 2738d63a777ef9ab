package org.mailwright.smtp.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.client.ClientConfig;
import org.mailwright.smtp.core.client.ClientProfile;
import org.mailwright.smtp.core.client.Destination;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.transport.MemoryTransport;

/** Which client talks to a script, and which mails it has: chosen by the bits of the first two octets. */
record ClientSetup(Script script) {

    /** Octets of a script that are settings. */
    static final int SETTINGS = 2;

    private static final List<String> CONTENTS =
            List.of("Subject: x\r\n\r\nclean\r\n", ".\n..\r\n\r.\rx", "", "a line\r\n".repeat(400));

    private static final List<String> RECIPIENTS =
            List.of("<b@example.org>", "<\"c d\"@[192.0.2.1]>", "<Postmaster>", "<ä@example.org>");

    ClientConfig config() {
        return ClientConfig.DEFAULTS.withLmtp(script.flag(0, 0)).withPipelining(!script.flag(0, 1));
    }

    boolean streams() {
        return script.flag(0, 2);
    }

    boolean brokenStream() {
        return script.flag(0, 3);
    }

    boolean binary() {
        return script.flag(0, 7);
    }

    ClientProfile profile() {
        return ClientProfile.of(
                List.of(new FuzzClientExtension(script.flag(0, 4), script.flag(0, 5), script.flag(0, 6), binary())));
    }

    int mails() {
        return script.setting(1) & 3;
    }

    Destination destination() {
        return new Destination(
                "mx.example.org",
                Attributes.EMPTY,
                script.flag(1, 6) ? Optional.of(FixedTls.POLICY) : Optional.empty());
    }

    MemoryTransport.Options transport() {
        MemoryTransport.Options options = MemoryTransport.Options.DEFAULTS.withOffloadOnRequest();
        return script.flag(1, 4) ? options.withWriteLimit(1000) : options;
    }

    /** Returns the content of a mail, by its number. */
    String content(int number) {
        return CONTENTS.get((number + (script.setting(1) >> 5 & 1)) % CONTENTS.size());
    }

    /** Returns a mail, by its number; a stream is added to a list when it is opened, and done when it is closed. */
    OutgoingMail mail(int number, List<CompletableFuture<String>> streams) {
        List<ForwardPath> to = new ArrayList<>();
        for (int i = 0; i <= (script.setting(1) >> 2 & 3); i++) {
            to.add(ForwardPath.parse(RECIPIENTS.get((i + number) % RECIPIENTS.size())));
        }
        byte[] octets = Check.octets(content(number));
        Body body = streams()
                ? Body.of(OptionalLong.of(octets.length), () -> new Stream(octets, brokenStream(), streams))
                : Body.of(octets);
        return OutgoingMail.of(ReversePath.parse("<a@example.net>"), to, body);
    }

    /** A stream that may fail in its middle. */
    private static final class Stream extends InputStream {
        private final ByteArrayInputStream octets;
        private final boolean broken;
        private final CompletableFuture<String> closed = new CompletableFuture<>();

        Stream(byte[] octets, boolean broken, List<CompletableFuture<String>> streams) {
            this.octets = new ByteArrayInputStream(octets);
            this.broken = broken;
            streams.add(closed);
        }

        @Override
        public int read() throws IOException {
            if (broken && octets.available() < 10) {
                throw new IOException("the disk is broken");
            }
            return octets.read();
        }

        /** Gives one octet at a time, as a slow disk might. */
        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            int octet = count == 0 ? -1 : read();
            if (octet < 0) {
                return count == 0 ? 0 : -1;
            }
            into[from] = (byte) octet;
            return 1;
        }

        @Override
        public void close() {
            closed.complete("closed");
        }
    }
}
