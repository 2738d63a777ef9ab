package org.mailwright.smtp.core.extension;

import java.util.EnumSet;
import java.util.Set;
import org.mailwright.smtp.core.mail.Role;

/**
 * One SMTP service extension, both halves: what a server offers and accepts, and what a client does when a peer offers
 * it (RFC 5321 §2.2). Everything it adds comes from one declaration; leave the object out and its keyword, verbs and
 * parameters are gone together.
 *
 * <p>Found in a jar through {@link java.util.ServiceLoader} and then {@linkplain #configured configured}, or passed in
 * code. One object serves all sessions, so it keeps nothing of a session in fields: see
 * {@link org.mailwright.smtp.core.attribute.AttributeKey}.
 *
 * @since 0.1.0
 */
public interface Extension {

    /** Returns the name by which configuration and humans know it, such as "SIZE"; mostly the keyword. */
    String id();

    /** Returns ids of extensions that must be there too; a missing one fails at start. */
    default Set<String> requires() {
        return Set.of();
    }

    /** Returns ids of extensions that must not be there at the same time. */
    default Set<String> conflicts() {
        return Set.of();
    }

    /** Returns the roles of listeners that have it unless their configuration says otherwise. */
    default Set<Role> defaultRoles() {
        return EnumSet.allOf(Role.class);
    }

    /**
     * Returns this extension as its table of the configuration wants it. Called once, before all else, on what was
     * found in a jar; one that is passed in code has its configuration from its constructor.
     *
     * @param settings empty when the file has no such table
     * @throws IllegalArgumentException when a key or value is wrong, naming it
     */
    default Extension configured(Settings settings) {
        settings.only();
        return this;
    }

    /**
     * Declares the server half. Called once per listener, at start.
     *
     * @param side takes the declarations
     */
    default void server(ServerSide side) {}

    /**
     * Declares the client half. Called once per client, at start.
     *
     * @param side takes the declarations
     */
    default void client(ClientSide side) {}
}
