package org.mailwright.smtp.ext.auth;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.ClientStep;
import org.mailwright.smtp.core.extension.PeerSession;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.ext.auth.client.ClientCredentials;
import org.mailwright.smtp.ext.auth.client.ClientMechanisms;
import org.mailwright.smtp.ext.auth.sasl.ClientAnswer;
import org.mailwright.smtp.ext.auth.sasl.ClientContext;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;
import org.mailwright.smtp.ext.auth.sasl.ClientMechanism;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;

/** Logs a client in, with the strongest mechanism that the server offers, when it has credentials. */
final class LoginStep implements ClientStep {

    /** The longest command that every server must take (RFC 5321 section 4.5.3.1.4), without CRLF. */
    private static final int SHORT_LINE = 510;

    private final ClientMechanisms mechanisms;

    LoginStep(ClientMechanisms mechanisms) {
        this.mechanisms = mechanisms;
    }

    @Override
    public ClientMove begin(PeerSession peer) throws SmtpException, IOException {
        Optional<ClientCredentials> credentials = peer.get(AuthExtension.CREDENTIALS);
        if (credentials.isEmpty() || peer.identity().isPresent()) {
            return ClientMove.done();
        }
        List<String> offered = peer.parameters("AUTH");
        SecureChannel channel = TlsChannel.ofClient(peer.tls());
        boolean plainTextInClear = peer.get(AuthExtension.PLAIN_TEXT_IN_CLEAR).orElse(false);
        List<ClientMechanism> usable = mechanisms.choices(credentials.get(), offered, channel, plainTextInClear);
        if (usable.isEmpty()) {
            throw new SmtpException(
                    channel.encrypted()
                            ? Reply.of(454, "4.7.0", "The server offers no way to log in with these credentials")
                            : AuthExtension.NO_WAY_IN_CLEAR);
        }
        return attempt(usable, credentials.get(), peer);
    }

    private ClientMove attempt(List<ClientMechanism> usable, ClientCredentials credentials, PeerView peer) {
        ClientMechanism mechanism = usable.get(0);
        boolean plusOffered = peer.parameters("AUTH").stream().anyMatch(LoginStep::plus);
        int port = peer.remoteAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
        ClientContext context = new ClientContext(peer.host(), port, TlsChannel.ofClient(peer.tls()), plusOffered);
        ClientExchange exchange = mechanism.start(context);
        Attempt attempt = new Attempt(mechanism, exchange, usable.subList(1, usable.size()), credentials);
        Optional<String> initial = exchange.initial().map(Base64Text::encodeInitial);
        Command alone = Command.of("AUTH", mechanism.name());
        Optional<Command> whole = initial.map(text -> Command.of("AUTH", mechanism.name() + " " + text))
                .filter(command -> command.toString().length() <= SHORT_LINE);
        return whole.isPresent()
                ? ClientMove.send(ClientLine.secret(whole.get()), attempt::replied)
                : ClientMove.send(
                        ClientLine.of(alone), exchange.initial().isPresent() ? attempt::asked : attempt::replied);
    }

    private static boolean plus(String mechanism) {
        return mechanism.toUpperCase(Locale.ROOT).endsWith("-PLUS");
    }

    /** One mechanism being tried, and those that are left. */
    private final class Attempt {

        private final ClientMechanism mechanism;
        private final ClientExchange exchange;
        private final List<ClientMechanism> weaker;
        private final ClientCredentials credentials;

        Attempt(
                ClientMechanism mechanism,
                ClientExchange exchange,
                List<ClientMechanism> weaker,
                ClientCredentials credentials) {
            this.mechanism = mechanism;
            this.exchange = exchange;
            this.weaker = weaker;
            this.credentials = credentials;
        }

        /** The server asks for the initial response, which was too long for the command. */
        ClientMove asked(Reply reply, PeerSession peer) throws SmtpException {
            if (reply.code() != 334) {
                return replied(reply, peer);
            }
            String initial = exchange.initial().map(Base64Text::encode).orElse("");
            return ClientMove.send(ClientLine.secret(initial), this::replied);
        }

        ClientMove replied(Reply reply, PeerSession peer) throws SmtpException {
            if (reply.code() == 334) {
                return respond(reply);
            }
            if (reply.code() == 235) {
                return welcomed(peer);
            }
            // Not these credentials but this mechanism is refused; the weaker ones are checked like the first.
            boolean mechanismRefused = reply.code() == 504 || reply.code() == 534 || reply.code() == 538;
            List<ClientMechanism> next = plus(mechanism.name()) ? stillBound() : weaker;
            if (mechanismRefused && !next.isEmpty()) {
                return attempt(next, credentials, peer);
            }
            throw new SmtpException(reply.code() >= 400 ? reply : unexpected(reply));
        }

        /**
         * What may follow a mechanism that binds to the channel: others that do. Whoever stands in the middle could
         * refuse all of those, and a login without them is what RFC 5802 section 6 keeps him from.
         */
        private List<ClientMechanism> stillBound() {
            return weaker.stream().filter(other -> plus(other.name())).toList();
        }

        private ClientMove respond(Reply reply) {
            Optional<byte[]> challenge = Base64Text.decode(reply.text());
            if (challenge.isEmpty()) {
                return cancel("the server's challenge is no base64");
            }
            return switch (exchange.step(challenge.get())) {
                case ClientAnswer.Respond answer ->
                    ClientMove.send(ClientLine.secret(Base64Text.encode(answer.data())), this::replied);
                case ClientAnswer.Abort(String reason) -> cancel(reason);
            };
        }

        private ClientMove welcomed(PeerSession peer) throws SmtpException {
            if (!exchange.complete()) {
                throw SmtpException.of(535, "5.7.8", "The server let us in without proving that it knows the password");
            }
            peer.authenticated(new Identity(name(), mechanism.name()));
            return ClientMove.done();
        }

        private String name() {
            return credentials.authorizationId().orElseGet(() -> switch (credentials) {
                case ClientCredentials.Password(String user, var password, var as) -> user;
                case ClientCredentials.Token(String user, var token) -> user;
                case ClientCredentials.Certificate certificate -> "";
            });
        }

        /** Takes the attempt back (RFC 4954 section 4) and gives the connection up, whatever the server says to it. */
        private ClientMove cancel(String reason) {
            Reply refusal = Reply.of(535, "5.7.8", Reply.printable(mechanism.name() + ": " + reason));
            return ClientMove.send(ClientLine.plain("*"), (reply, peer) -> {
                throw new SmtpException(refusal);
            });
        }

        private Reply unexpected(Reply reply) {
            return Reply.of(535, "5.7.8", "Unexpected reply to AUTH: " + Reply.printable(reply.toString()));
        }
    }
}
