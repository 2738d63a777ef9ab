package org.mailwright.smtp.benchmarks.peers.angus;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/**
 * Sends mails on kept connections, a thread each. Arguments: address, port, connections, mails, octets, mails to warm
 * up.
 */
final class AngusSender {

    private final Session session;
    private final MimeMessage mail;
    private final Address[] to;
    private final AtomicInteger left = new AtomicInteger();

    private AngusSender(String host, String port, int octets) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", host);
        properties.setProperty("mail.smtp.port", port);
        properties.setProperty("mail.smtp.from", "load@example.test");
        properties.setProperty("mail.smtp.localhost", "load.example.test");
        properties.put("mail.smtp.socketFactory", new NoDelaySockets());
        session = Session.getInstance(properties);
        to = InternetAddress.parse("sink@example.test");
        mail = new MimeMessage(session);
        mail.setSubject("load");
        mail.setText(("x".repeat(62) + "\r\n").repeat(1 + octets / 64).substring(0, octets));
        mail.saveChanges();
    }

    public static void main(String[] arguments) throws Exception {
        AngusSender sender = new AngusSender(arguments[0], arguments[1], Integer.parseInt(arguments[4]));
        int connections = Integer.parseInt(arguments[2]);
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            if (Integer.parseInt(arguments[5]) > 0) {
                sender.send(threads, connections, Integer.parseInt(arguments[5]));
            }
            int mails = Integer.parseInt(arguments[3]);
            Measured.print(mails, () -> sender.send(threads, connections, mails));
        }
    }

    private void send(ExecutorService threads, int connections, int mails) throws Exception {
        left.set(mails);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(threads.submit(() -> {
                one();
                return true;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
    }

    private void one() throws MessagingException {
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            while (left.getAndDecrement() > 0) {
                transport.sendMessage(mail, to);
            }
        }
    }

    /** Sockets with TCP_NODELAY: without it each mail waits 40 ms for a delayed acknowledgement. */
    private static final class NoDelaySockets extends SocketFactory {

        private final SocketFactory plain = SocketFactory.getDefault();

        @Override
        public Socket createSocket() throws IOException {
            return noDelay(plain.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return noDelay(plain.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return noDelay(plain.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return noDelay(plain.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return noDelay(plain.createSocket(host, port, local, localPort));
        }

        private static Socket noDelay(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            return socket;
        }
    }
}
