package org.mailwright.smtp.ext.auth.client;

import java.util.Optional;
import java.util.function.Supplier;
import org.mailwright.smtp.ext.auth.sasl.ChannelBinding;
import org.mailwright.smtp.ext.auth.sasl.ClientContext;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;
import org.mailwright.smtp.ext.auth.sasl.ClientMechanism;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.scram.Gs2Header.Flag;
import org.mailwright.smtp.ext.auth.scram.ScramHash;

/** SCRAM with one hash, with or without channel binding (RFC 5802, RFC 7677). */
record ScramClient(
        ScramHash hash,
        boolean plus,
        ClientCredentials.Password credentials,
        ScramBounds bounds,
        Supplier<String> nonces)
        implements ClientMechanism {

    @Override
    public String name() {
        return plus ? hash.plusMechanism() : hash.mechanism();
    }

    @Override
    public boolean plainText() {
        return false;
    }

    @Override
    public int strength() {
        return (plus ? Strength.SCRAM_PLUS : Strength.SCRAM) + hash.octets();
    }

    @Override
    public boolean usable(SecureChannel channel) {
        return !plus || channel.preferredBinding().isPresent();
    }

    @Override
    public ClientExchange start(ClientContext context) {
        Optional<ChannelBinding> binding = context.channel().preferredBinding();
        byte[] data = plus ? binding.flatMap(context.channel()::binding).orElseThrow() : new byte[0];
        return new ScramClientExchange(hash, credentials, bounds, flag(binding, context), data, nonces.get());
    }

    /** Says 'y' when we could bind and saw no offer, so that the server notices when its offer was taken away. */
    private Flag flag(Optional<ChannelBinding> binding, ClientContext context) {
        if (plus) {
            return new Flag.Bound(binding.orElseThrow().registeredName());
        }
        return binding.isPresent() && !context.plusOffered() ? new Flag.NotOffered() : new Flag.Unsupported();
    }
}
