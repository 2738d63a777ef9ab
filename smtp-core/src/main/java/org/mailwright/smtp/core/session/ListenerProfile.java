package org.mailwright.smtp.core.session;

import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.mail.Role;

/**
 * What a listener is, before any extension has a say.
 *
 * @param name for the log
 * @param role what it is for
 * @param hostname the server's own name, in the greeting and trace fields: a domain or an address literal; kept with
 *     A-labels, for who is greeted may know nothing of others (RFC 6531 §3.7.1)
 * @param implicitTls whether TLS begins before the greeting (RFC 8314 §3)
 * @param requireTls whether commands in clear get 530 5.7.0, but for those that lead to TLS
 * @param requireAuthentication whether commands of strangers get 530 5.7.0, but for those that lead to AUTH
 * @param limits bounds on what a client may do
 * @param timeouts how long the server waits
 * @since 0.1.0
 */
public record ListenerProfile(
        String name,
        Role role,
        String hostname,
        boolean implicitTls,
        boolean requireTls,
        boolean requireAuthentication,
        Limits limits,
        Timeouts timeouts) {

    /** Makes A-labels of the name. */
    public ListenerProfile {
        hostname = Domain.asciiName(hostname);
    }

    /** Returns a profile in clear with default bounds; {@link Role#SUBMISSION} requires authentication. */
    public static ListenerProfile of(String name, Role role, String hostname) {
        return new ListenerProfile(
                name, role, hostname, false, false, role == Role.SUBMISSION, Limits.DEFAULT, Timeouts.DEFAULT);
    }

    /** Returns a copy with other bounds. */
    public ListenerProfile with(Limits other) {
        return new ListenerProfile(
                name, role, hostname, implicitTls, requireTls, requireAuthentication, other, timeouts);
    }

    /** Returns a copy with other time-outs. */
    public ListenerProfile with(Timeouts other) {
        return new ListenerProfile(name, role, hostname, implicitTls, requireTls, requireAuthentication, limits, other);
    }

    /** Returns a copy that begins with TLS. */
    public ListenerProfile withImplicitTls() {
        return new ListenerProfile(name, role, hostname, true, requireTls, requireAuthentication, limits, timeouts);
    }
}
