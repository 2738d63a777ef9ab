package org.mailwright.smtp.distribution.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mailwright.smtp.relay.NextHop;
import org.mailwright.smtp.relay.TlsLevel;

/**
 * How mail goes to other hosts.
 *
 * @param smarthost the host that takes it all; absent: the mail exchangers of each domain
 * @param implicitTls whether TLS with the smarthost begins before its greeting
 * @param user who logs in at the smarthost
 * @param passwordFile the file whose first line is that user's password
 * @param tls how well it is protected
 * @param heedNo whether a mail may say that it would rather go in clear than not at all
 * @param authorities the certificates that those of verified hosts must lead to; absent: the platform's
 * @param concurrency most mails to one destination at the same time
 * @param rate most recipients of one destination per second; 0: no bound
 * @param privateAddresses whether the DNS may lead to private and loopback addresses
 * @param port where mail exchangers listen
 * @param connectTimeout how long connecting to one address may take
 * @since 0.1.0
 */
public record RelaySettings(
        Optional<NextHop> smarthost,
        boolean implicitTls,
        Optional<String> user,
        Optional<Path> passwordFile,
        TlsLevel tls,
        boolean heedNo,
        Optional<Path> authorities,
        int concurrency,
        int rate,
        boolean privateAddresses,
        int port,
        Duration connectTimeout) {
    static RelaySettings of(ConfigFile file) {
        ConfigValues values = file.table(QueueKeys.RELAY);
        return new RelaySettings(
                values.find(QueueKeys.SMARTHOST),
                values.get(QueueKeys.IMPLICIT_TLS),
                values.find(QueueKeys.RELAY_USER),
                values.find(QueueKeys.RELAY_PASSWORD_FILE).map(file::path),
                values.get(QueueKeys.RELAY_TLS),
                values.get(QueueKeys.TLS_REQUIRED_NO),
                values.find(QueueKeys.RELAY_CA).map(file::path),
                values.get(QueueKeys.CONCURRENCY),
                values.get(QueueKeys.RATE),
                values.get(QueueKeys.PRIVATE_ADDRESSES),
                values.get(QueueKeys.PORT),
                values.get(QueueKeys.CONNECT_TIMEOUT));
    }
}
