package org.mailwright.smtp.ext.auth.client;

import org.mailwright.smtp.ext.auth.sasl.ClientContext;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;
import org.mailwright.smtp.ext.auth.sasl.ClientMechanism;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;

/** XOAUTH2. */
record Xoauth2Client(ClientCredentials.Token credentials) implements ClientMechanism {

    @Override
    public String name() {
        return "XOAUTH2";
    }

    @Override
    public boolean plainText() {
        return true;
    }

    @Override
    public int strength() {
        return Strength.XOAUTH2;
    }

    @Override
    public boolean usable(SecureChannel channel) {
        return true;
    }

    @Override
    public ClientExchange start(ClientContext context) {
        return new TokenMessage("user=" + credentials.user() + '\1', credentials.token(), new byte[0]);
    }
}
