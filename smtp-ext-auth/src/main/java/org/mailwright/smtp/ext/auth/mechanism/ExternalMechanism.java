package org.mailwright.smtp.ext.auth.mechanism;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.SaslContext;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.sasl.ServerExchange;
import org.mailwright.smtp.ext.auth.sasl.Username;

/**
 * EXTERNAL (RFC 4422 appendix A): the client has shown its certificate in the TLS handshake, and says at most as whom
 * it wants to act.
 *
 * @since 0.1.0
 */
public final class ExternalMechanism implements Mechanism {

    private final CertificateMapper mapper;
    private final Authorizer authorizer;

    /** EXTERNAL over a mapping of certificates to users. */
    public ExternalMechanism(CertificateMapper mapper, Authorizer authorizer) {
        this.mapper = mapper;
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "EXTERNAL";
    }

    @Override
    public boolean plainText() {
        return false;
    }

    @Override
    public boolean initialResponse() {
        return true;
    }

    @Override
    public boolean usable(SecureChannel channel) {
        return channel.encrypted() && !channel.peerChain().isEmpty();
    }

    @Override
    public ServerExchange start(SaslContext context) {
        return response -> step(context, response);
    }

    private SaslStep step(SaslContext context, byte[] response) throws IOException {
        Optional<Username> requested = Username.parse(response);
        if (response.length > 0 && requested.isEmpty()) {
            return SaslStep.malformed("the authorization identity cannot be a user's name");
        }
        List<Username> users = mapper.users(context.channel().peerChain());
        if (users.isEmpty()) {
            return SaslStep.denied("the certificate stands for no user");
        }
        if (requested.isPresent() && users.contains(requested.get())) {
            return new SaslStep.Success(requested.get(), requested.get());
        }
        return Identities.authorized(authorizer, users.get(0), requested);
    }
}
