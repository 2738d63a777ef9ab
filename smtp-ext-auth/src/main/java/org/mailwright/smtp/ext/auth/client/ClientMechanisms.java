package org.mailwright.smtp.ext.auth.client;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.mailwright.smtp.ext.auth.sasl.ClientMechanism;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.scram.ScramHash;

/**
 * The mechanisms that can show given credentials, and the choice among them.
 *
 * @since 0.1.0
 */
public final class ClientMechanisms {

    private final ScramBounds bounds;
    private final Supplier<String> nonces;

    /** Mechanisms whose SCRAM keeps to these bounds. */
    public ClientMechanisms(ScramBounds bounds, SecureRandom random) {
        this(bounds, () -> nonce(random));
    }

    /** Mechanisms with a source of nonces of their own. */
    ClientMechanisms(ScramBounds bounds, Supplier<String> nonces) {
        this.bounds = bounds;
        this.nonces = nonces;
    }

    /** All mechanisms for these credentials, strongest first. */
    public List<ClientMechanism> all(ClientCredentials credentials) {
        List<ClientMechanism> mechanisms = new ArrayList<>(
                switch (credentials) {
                    case ClientCredentials.Password password -> withPassword(password);
                    case ClientCredentials.Token token ->
                        List.of(new OauthBearerClient(token), new Xoauth2Client(token));
                    case ClientCredentials.Certificate certificate -> List.of(new ExternalClient(certificate));
                });
        mechanisms.sort(Comparator.comparingInt(ClientMechanism::strength).reversed());
        return List.copyOf(mechanisms);
    }

    /**
     * The mechanisms that the server offers and the connection allows, strongest first.
     *
     * @param offered the names that the server announced, in upper or lower case
     * @param plainTextInClear whether the caller allows a password to be sent where others may read it
     */
    public List<ClientMechanism> choices(
            ClientCredentials credentials,
            Collection<String> offered,
            SecureChannel channel,
            boolean plainTextInClear) {
        Set<String> names =
                offered.stream().map(name -> name.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        return all(credentials).stream()
                .filter(mechanism -> names.contains(mechanism.name()))
                .filter(mechanism -> mechanism.usable(channel))
                .filter(mechanism -> !mechanism.plainText() || channel.encrypted() || plainTextInClear)
                .toList();
    }

    private List<ClientMechanism> withPassword(ClientCredentials.Password password) {
        List<ClientMechanism> mechanisms = new ArrayList<>();
        for (ScramHash hash : ScramHash.values()) {
            mechanisms.add(new ScramClient(hash, true, password, bounds, nonces));
            mechanisms.add(new ScramClient(hash, false, password, bounds, nonces));
        }
        mechanisms.add(new CramMd5Client(password));
        mechanisms.add(new PlainClient(password));
        mechanisms.add(new LoginClient(password));
        return mechanisms;
    }

    private static String nonce(SecureRandom random) {
        byte[] octets = new byte[18];
        random.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }
}
