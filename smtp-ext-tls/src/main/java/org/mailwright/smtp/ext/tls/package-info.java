/**
 * STARTTLS of RFC 3207, implicit TLS of RFC 8314 and REQUIRETLS of RFC 8689, server and client half.
 *
 * <p>Reading order: {@link org.mailwright.smtp.ext.tls.TlsServerConfig} and
 * {@link org.mailwright.smtp.ext.tls.TlsClientConfig} say what can be chosen;
 * {@link org.mailwright.smtp.ext.tls.TlsServerContext} and {@link org.mailwright.smtp.ext.tls.TlsClientContext} are
 * that with the files read, and give an engine to each connection;
 * {@link org.mailwright.smtp.ext.tls.StartTlsExtension} is the verb, and
 * {@link org.mailwright.smtp.ext.tls.RequireTlsExtension} a parameter by which a mail demands it. Behind them:
 * {@code ContextBuilder} puts a context together, {@code PemFile} and {@code KeyLoader} read keys, {@code KeyRing}
 * chooses among them, {@code SelfSignedCertificate} makes one, {@code Reloadable} swaps them, {@code StrictEngine}
 * guards what a provider lets pass.
 *
 * <p>Failure cases: a file is missing, no PEM, encrypted with another passphrase, or key and certificate are no pair
 * (nothing starts, and the message names file and fault); the same in a file that changes later (the old keys stay, and
 * the log says so); the peer talks clear text, an older TLS, another protocol by ALPN, shows a certificate that is not
 * trusted or not its own (the handshake fails and the connection ends); it renegotiates or updates keys without end
 * (the connection ends); STARTTLS comes within TLS (503), with a parameter (501), while there are no keys (454); a
 * server that has to do TLS does not offer or do it (the client gives up with 454 4.7.4 before any mail); a mail
 * requires TLS and the host's certificate is not verified (550 5.7.10) or it does not promise the same (550 5.7.30).
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.tls;

import org.jspecify.annotations.NullMarked;
