package org.mailwright.smtp.ext.auth.sasl;

/**
 * Says as whom an authenticated user may act (the authorization identity of RFC 4422 section 3.4.1).
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Authorizer {

    /** Everyone acts as himself and as nobody else. */
    Authorizer SELF_ONLY = Username::equals;

    /**
     * Whether a user may act as another.
     *
     * @param authenticated whose credentials were shown
     * @param requested as whom he wants to act, already in its normal form
     */
    boolean permits(Username authenticated, Username requested);
}
