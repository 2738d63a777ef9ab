package org.mailwright.smtp.benchmarks.peers.subetha;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/** Accepts every mail and keeps none. Arguments: address, port. */
final class SubethaSink {

    private static final int BACKLOG = 4096;
    private static final int CONNECTIONS = 20_000;

    private SubethaSink() {}

    @SuppressWarnings("AddressSelection") // the argument is one literal address
    public static void main(String[] arguments) throws IOException {
        SMTPServer.port(Integer.parseInt(arguments[1]))
                .bindAddress(InetAddress.getByName(arguments[0]))
                .backlog(BACKLOG)
                .maxConnections(CONNECTIONS)
                .messageHandlerFactory(context -> new Discard())
                .build()
                .start();
    }

    private static final class Discard implements MessageHandler {

        private final byte[] buffer = new byte[8192];

        @Override
        public void from(String reversePath) {}

        @Override
        public void recipient(String forwardPath) {}

        @Override
        public @Nullable String data(InputStream mail) throws IOException {
            while (mail.read(buffer) >= 0) {
                // Only read.
            }
            return null;
        }

        @Override
        public void done() {}
    }
}
