package org.mailwright.smtp.core.client;

import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.PeerSession;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.core.transport.Transport;

/** What is known of the server of one connection. */
final class Peer implements PeerSession {

    private final String id;
    private final ClientConfig config;
    private final Destination destination;
    private final Transport transport;
    private boolean extended;
    private PeerCapabilities capabilities = PeerCapabilities.NONE;
    private Attributes kept = Attributes.EMPTY;
    private Optional<TlsSession> tls = Optional.empty();
    private Optional<Identity> identity = Optional.empty();

    Peer(String id, ClientConfig config, Destination destination, Transport transport) {
        this.id = id;
        this.config = config;
        this.destination = destination;
        this.transport = transport;
    }

    /** Returns the reply that stands for what a server did not say. */
    static Reply unsaid(String why) {
        return Reply.of(451, "4.4.2", Reply.printable(why));
    }

    /** Notes the answer to EHLO; {@link PeerCapabilities#NONE} and false after HELO. */
    void greeted(boolean asExtended, PeerCapabilities offer) {
        extended = asExtended;
        capabilities = offer;
    }

    /** Forgets everything that was said in clear (RFC 3207 §4.2). */
    void secured(TlsSession session) {
        greeted(false, PeerCapabilities.NONE);
        kept = kept.without(Scope.TLS_EPOCH);
        identity = Optional.empty();
        tls = Optional.of(session);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String host() {
        return destination.host();
    }

    @Override
    public String hostname() {
        return config.hostname();
    }

    @Override
    public boolean lmtp() {
        return config.lmtp();
    }

    @Override
    public SocketAddress remoteAddress() {
        return transport.remoteAddress();
    }

    @Override
    public SocketAddress localAddress() {
        return transport.localAddress();
    }

    @Override
    public boolean extended() {
        return extended;
    }

    @Override
    public boolean offers(String keyword) {
        return capabilities.offers(keyword);
    }

    @Override
    public List<String> parameters(String keyword) {
        return capabilities.words().getOrDefault(keyword.toUpperCase(Locale.ROOT), List.of());
    }

    @Override
    public List<String> keywords() {
        return List.copyOf(capabilities.words().keySet());
    }

    @Override
    public <T> Optional<T> get(AttributeKey<T> key) {
        Optional<T> negotiated = capabilities.values().get(key);
        if (negotiated.isPresent()) {
            return negotiated;
        }
        Optional<T> known = kept.get(key);
        return known.isPresent() ? known : destination.settings().get(key);
    }

    @Override
    public Optional<TlsSession> tls() {
        return tls;
    }

    @Override
    public Optional<Identity> identity() {
        return identity;
    }

    @Override
    public <T> void set(AttributeKey<T> key, T value) {
        if (key.scope() != Scope.CONNECTION && key.scope() != Scope.TLS_EPOCH) {
            throw new IllegalArgumentException("scope " + key.scope() + " of " + key + " is not one of a connection");
        }
        kept = kept.with(key, value);
    }

    @Override
    public void authenticated(Identity proved) {
        identity = Optional.of(proved);
    }
}
