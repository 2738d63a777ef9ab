package org.mailwright.smtp.mailbox.lmtp;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.mailwright.smtp.client.LastOffer;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.client.SmtpClientBuilder;
import org.mailwright.smtp.client.unix.UnixNetwork;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;

/**
 * Hands queued mail to an LMTP server (RFC 2033), such as Dovecot's, over TCP or a Unix socket. Connections are kept
 * and used again; each recipient gets the result that the server says of it.
 *
 * @since 0.1.0
 */
public final class LmtpDeliverer implements Deliverer {
    private static final Reply NOT_OURS = Reply.of(451, "4.3.2", "Another server may be delivering the mail");
    private static final int USUAL_PORT = 24;

    private final SmtpClient client;
    private final ServerAddress address;
    private final String name;
    private final BooleanSupplier reports;

    /**
     * A deliverer by a client of your own.
     *
     * @param client speaks LMTP; closed with this
     * @param address where to
     * @param name of the host, for reports
     */
    public LmtpDeliverer(SmtpClient client, ServerAddress address, String name) {
        this(client, address, name, () -> false);
    }

    /**
     * A deliverer by a client of your own.
     *
     * @param client speaks LMTP; closed with this
     * @param address where to
     * @param name of the host, for reports
     * @param reports tells whether the server reports of deliveries itself, as one that offers DSN does
     */
    public LmtpDeliverer(SmtpClient client, ServerAddress address, String name, BooleanSupplier reports) {
        this.client = client;
        this.address = address;
        this.name = name;
        this.reports = reports;
    }

    /**
     * Returns a deliverer with a client of its own.
     *
     * @param server where to
     * @param hostname this host's name
     * @param extensions what the client can do beside the usual; without one that sees to 8-bit content, such as
     *     8BITMIME, it refuses that for good (554 5.6.3)
     * @param connections most connections at the same time
     */
    public static LmtpDeliverer to(
            LmtpServer server, String hostname, Collection<? extends Extension> extensions, int connections) {
        SmtpClientBuilder builder = SmtpClient.builder(hostname)
                .configure(config -> config.withConnections(connections))
                .lmtp();
        extensions.forEach(builder::with);
        LastOffer offer = new LastOffer("DSN");
        builder.with(offer);
        // who does not pass on what the sender asked for must report himself
        boolean passesOn =
                extensions.stream().anyMatch(extension -> extension.id().equals("DSN"));
        BooleanSupplier reports = () -> passesOn && offer.getAsBoolean();
        return switch (server) {
            case LmtpServer.Tcp tcp ->
                new LmtpDeliverer(builder.build(), ServerAddress.of(tcp.host(), tcp.port()), tcp.host(), reports);
            case LmtpServer.Unix unix ->
                new LmtpDeliverer(
                        builder.connector(new UnixNetwork(unix.socket())).build(),
                        // there is nothing to look up: the network knows its socket
                        ServerAddress.of("localhost", USUAL_PORT)
                                .withAddresses(List.of(InetAddress.getLoopbackAddress())),
                        hostname,
                        reports);
        };
    }

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        if (!request.stillOurs().getAsBoolean()) {
            return DeliveryResult.all(request, result(new Outcome.Failed(NOT_OURS, Moment.PREPARE)));
        }
        OutgoingMail mail = new OutgoingMail(
                request.reversePath(),
                request.recipients(),
                request.message().attributes(),
                new GuardedBody(request.content(), request.stillOurs()));
        MailResult result = client.send(address, mail);
        return result.recipients().stream().map(one -> result(one.outcome())).toList();
    }

    private DeliveryResult result(Outcome outcome) {
        Action action = outcome.isAccepted() && reports.getAsBoolean() ? Action.PASSED_ON : Action.DELIVERED;
        return new DeliveryResult(outcome, action, Optional.of(name), DeliveryResult.Link.CLEAR);
    }

    /** Lets mails finish that are under way, and ends the connections. */
    @Override
    public void close() {
        client.close();
    }
}
