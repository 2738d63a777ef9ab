package org.mailwright.smtp.ext.auth.client;

import org.mailwright.smtp.ext.auth.sasl.ClientContext;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;
import org.mailwright.smtp.ext.auth.sasl.ClientMechanism;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.scram.Gs2Header;

/** OAUTHBEARER (RFC 7628). */
record OauthBearerClient(ClientCredentials.Token credentials) implements ClientMechanism {

    @Override
    public String name() {
        return "OAUTHBEARER";
    }

    @Override
    public boolean plainText() {
        return true;
    }

    @Override
    public int strength() {
        return Strength.OAUTHBEARER;
    }

    @Override
    public boolean usable(SecureChannel channel) {
        return true;
    }

    @Override
    public ClientExchange start(ClientContext context) {
        Gs2Header header = new Gs2Header(new Gs2Header.Flag.Unsupported(), credentials.authorizationId());
        String before = header.text() + "\1host=" + context.host() + "\1port=" + context.port() + '\1';
        return new TokenMessage(before, credentials.token(), new byte[] {1});
    }
}
