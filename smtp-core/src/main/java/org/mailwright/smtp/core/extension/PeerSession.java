package org.mailwright.smtp.core.extension;

import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.mail.Identity;

/**
 * A connection to a server, as a {@link ClientStep} may change it. Valid only while the call lasts.
 *
 * @since 0.1.0
 */
public interface PeerSession extends PeerView {

    /**
     * Keeps a value until its scope ends.
     *
     * @param key of scope CONNECTION or TLS_EPOCH
     * @throws IllegalArgumentException when the key is of another scope
     */
    <T> void set(AttributeKey<T> key, T value);

    /** Notes who the client has proved to be. */
    void authenticated(Identity identity);
}
