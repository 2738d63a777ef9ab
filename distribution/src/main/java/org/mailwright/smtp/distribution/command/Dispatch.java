package org.mailwright.smtp.distribution.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.client.SmtpClientBuilder;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.distribution.assembly.Installed;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.distribution.config.ListenerTls;
import org.mailwright.smtp.distribution.text.Visible;
import org.mailwright.smtp.ext.auth.AuthConfig;
import org.mailwright.smtp.ext.auth.AuthExtension;
import org.mailwright.smtp.ext.auth.UserSources;
import org.mailwright.smtp.ext.auth.client.ClientCredentials;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.size.SizeExtension;
import org.mailwright.smtp.ext.tls.StartTlsExtension;
import org.mailwright.smtp.ext.tls.TlsClientConfig;
import org.mailwright.smtp.ext.tls.TlsClientContext;
import org.mailwright.smtp.ext.tls.TlsMaterialException;
import org.mailwright.smtp.ext.tls.TlsMode;
import org.mailwright.smtp.ext.tls.Trust;

/**
 * What one server is asked for, such as to take mails.
 *
 * @param server where to
 * @param hostname how the client presents itself
 * @param lmtp whether LMTP is spoken
 * @param tls when TLS begins
 * @param clearConfirmed whether it was said in so many words that there shall be no TLS
 * @param insecure whether any certificate will do
 * @param authorities the certificates that the server's must lead to; nothing: the platform's
 * @param login the user to log in as
 */
record Dispatch(
        HostPort server,
        String hostname,
        boolean lmtp,
        ListenerTls tls,
        boolean clearConfirmed,
        boolean insecure,
        Optional<Path> authorities,
        Optional<Login> login) {

    /** Mail to a server next door: no TLS, no login. */
    static Dispatch next(HostPort server, String hostname) {
        return new Dispatch(
                server, hostname, false, ListenerTls.NONE, false, false, Optional.empty(), Optional.empty());
    }

    /** What is done with a client and the server that it is for. */
    @FunctionalInterface
    interface Use<T> {
        T of(SmtpClient client, ServerAddress server) throws InterruptedException;
    }

    /**
     * Sends one mail.
     *
     * @throws CommandFailure when it could not even be tried
     */
    MailResult send(OutgoingMail mail) throws CommandFailure {
        List<Extension> extensions = new ArrayList<>(Installed.eightBit());
        extensions.add(new SizeExtension());
        MailResult result = use(extensions, Attributes.EMPTY, (client, address) -> client.send(address, mail));
        checkLogin(result);
        return result;
    }

    /** Tells of a server that lets nobody log in without TLS. To try again later is of no use then. */
    private void checkLogin(MailResult result) throws CommandFailure {
        boolean inVain =
                result.rejected().stream().anyMatch(one -> one.outcome().reply().equals(AuthExtension.NO_WAY_IN_CLEAR));
        if (tls == ListenerTls.NONE && inVain) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    "mailwright: " + server.host() + " offers no login without TLS; --tls starttls or --tls implicit"
                            + " begins it");
        }
    }

    /**
     * Makes a client for the server, and ends it afterwards.
     *
     * @param more what the client can do besides TLS and AUTH
     * @param wanted settings of the server besides the login
     * @throws CommandFailure when it could not even be tried, and when the certificate of the server was refused
     */
    <T> T use(List<Extension> more, Attributes wanted, Use<T> use) throws CommandFailure {
        try (Connected connected = connected(more, wanted)) {
            T result = use.of(connected.client(), connected.address());
            connected.checkCertificate();
            return result;
        } catch (InterruptedException e) {
            throw new CommandFailure(ExitStatus.TEMPORARY, "interrupted", e);
        }
    }

    /** Sends mails, one after the other, by connections that are used again. */
    record Connected(SmtpClient client, ServerAddress address, Optional<Secret> secret, Optional<TlsClientContext> tls)
            implements AutoCloseable {
        MailResult send(OutgoingMail mail) throws InterruptedException {
            return client.send(address, mail);
        }

        /**
         * Tells of a certificate that was refused. To try again later is of no use then, whatever the client says.
         *
         * @throws CommandFailure when it was
         */
        void checkCertificate() throws CommandFailure {
            Optional<String> refusal = tls.flatMap(TlsClientContext::refusal);
            if (refusal.isPresent()) {
                throw new CommandFailure(
                        ExitStatus.UNAVAILABLE,
                        "mailwright: " + address.host() + ": " + Visible.text(refusal.get())
                                + "; --ca FILE names certificates to be trusted, --insecure takes any");
            }
        }

        @Override
        public void close() {
            client.close();
            secret.ifPresent(Secret::close);
        }
    }

    /**
     * Gets ready to send; connections are made when there is a mail.
     *
     * @param more what the client can do besides TLS and AUTH
     * @param wanted settings of the server besides the login
     * @throws CommandFailure when it cannot even be tried
     */
    Connected connected(List<Extension> more, Attributes wanted) throws CommandFailure {
        List<Extension> extensions = new ArrayList<>(more);
        Attributes settings = wanted;
        ServerAddress address = ServerAddress.of(server.host(), server.port());
        Optional<TlsClientContext> offered = Optional.empty();
        if (tls != ListenerTls.NONE) {
            TlsClientContext context = context();
            offered = Optional.of(context);
            if (tls == ListenerTls.IMPLICIT) {
                address = address.withImplicitTls(context.policy(server.host()));
            } else {
                extensions.add(StartTlsExtension.client(context));
            }
        }
        Optional<Secret> secret = login.map(Login::secret);
        if (login.isPresent() && secret.isPresent()) {
            extensions.add(new AuthExtension(AuthConfig.DEFAULT, UserSources.NONE));
            settings = settings.with(
                            AuthExtension.CREDENTIALS,
                            new ClientCredentials.Password(login.get().user(), secret.get()))
                    .with(AuthExtension.PLAIN_TEXT_IN_CLEAR, mayLogInInClear());
        }
        SmtpClientBuilder builder = SmtpClient.builder(hostname);
        extensions.forEach(builder::with);
        if (lmtp) {
            builder.lmtp();
        }
        return new Connected(builder.build(), address.withSettings(settings), secret, offered);
    }

    /** A password goes in clear to this very host, or to another one when somebody said so. */
    private boolean mayLogInInClear() {
        return clearConfirmed
                || server.host().equals("localhost")
                || server.host().equals("::1")
                || server.host().matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    private TlsClientContext context() throws CommandFailure {
        TlsClientConfig config = insecure
                ? TlsClientConfig.DEFAULTS.with(TlsMode.REQUIRED)
                : TlsClientConfig.DEFAULTS.verifiedBy(
                        authorities.<Trust>map(Trust.Pem::new).orElseGet(Trust.Platform::new));
        try {
            return TlsClientContext.open(config);
        } catch (TlsMaterialException e) {
            throw new CommandFailure(ExitStatus.NO_INPUT, String.valueOf(e.getMessage()), e);
        }
    }
}
