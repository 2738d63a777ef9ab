package org.mailwright.smtp.benchmarks.send;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;

/**
 * Sends mails on kept connections and prints what it took: {@code sent MAILS SECONDS CPU_SECONDS}. Arguments: address,
 * port, connections, mails, octets, mails to warm up.
 */
final class Sender {

    private final SmtpClient client;
    private final ServerAddress server;
    private final OutgoingMail mail;
    private final int underWay;

    private Sender(SmtpClient client, ServerAddress server, OutgoingMail mail, int underWay) {
        this.client = client;
        this.server = server;
        this.mail = mail;
        this.underWay = underWay;
    }

    public static void main(String[] arguments) throws InterruptedException {
        int connections = Integer.parseInt(arguments[2]);
        int mails = Integer.parseInt(arguments[3]);
        int warmUp = Integer.parseInt(arguments[5]);
        ServerAddress server = ServerAddress.of(arguments[0], Integer.parseInt(arguments[1]));
        OutgoingMail mail = OutgoingMail.of(
                ReversePath.parse("<load@example.test>"),
                List.of(ForwardPath.parse("<sink@example.test>")),
                Body.of(content(Integer.parseInt(arguments[4]))));
        try (SmtpClient client = SmtpClient.builder("load.example.test")
                .configure(config -> config.withConnections(connections).withMailsPerConnection(Integer.MAX_VALUE))
                .build()) {
            // Twice as many as connections, so that the next mail is there when one is done, as a queue would have it.
            Sender sender = new Sender(client, server, mail, 2 * connections);
            sender.send(warmUp);
            long cpu = cpuNanos();
            long began = System.nanoTime();
            sender.send(mails);
            System.out.printf(
                    Locale.ROOT,
                    "sent %d %.6f %.6f%n",
                    mails,
                    (System.nanoTime() - began) / 1e9,
                    (cpuNanos() - cpu) / 1e9);
        }
    }

    private void send(int mails) throws InterruptedException {
        Semaphore free = new Semaphore(underWay);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < mails; i++) {
            free.acquire();
            var unused = client.sendAsync(server, mail).whenComplete((result, failure) -> {
                if (failure != null || !result.isAccepted()) {
                    failed.incrementAndGet();
                }
                free.release();
            });
        }
        free.acquire(underWay);
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " mails were not taken");
        }
    }

    private static byte[] content(int octets) {
        String head = "Subject: load\r\n\r\n";
        String line = "x".repeat(62) + "\r\n";
        String lines = line.repeat(1 + octets / line.length()).substring(0, octets - head.length() - 2);
        return (head + lines + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
