package org.mailwright.smtp.gateway.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Identity;

/**
 * Checks the name and password of an HTTP client (RFC 7617). It may block, and is where guessing is slowed down.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CredentialCheck {

    /**
     * Checks.
     *
     * @return who it is; empty when name or password are wrong, without a word on which
     * @throws IOException when it cannot be found out now
     */
    Optional<Identity> check(String name, String password, InetSocketAddress client) throws IOException;
}
