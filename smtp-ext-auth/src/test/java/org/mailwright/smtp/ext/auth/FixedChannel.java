package org.mailwright.smtp.ext.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.ChannelBinding;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;

/** A connection inside TLS with given bindings and certificates. */
public record FixedChannel(Map<ChannelBinding, String> bindings, List<X509Certificate> peerChain)
        implements SecureChannel {

    /** A connection without bindings or certificates. */
    public static final FixedChannel TLS = new FixedChannel(Map.of(), List.of());

    /** A connection with one binding. */
    public static FixedChannel bound(ChannelBinding type, String data) {
        return new FixedChannel(Map.of(type, data), List.of());
    }

    @Override
    public boolean encrypted() {
        return true;
    }

    @Override
    public Optional<byte[]> binding(ChannelBinding type) {
        return Optional.ofNullable(bindings.get(type)).map(data -> data.getBytes(UTF_8));
    }
}
