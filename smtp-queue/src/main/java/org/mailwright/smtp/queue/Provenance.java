package org.mailwright.smtp.queue;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.Origin;

/**
 * Where a mail came from, as far as the queue remembers it: for the log, for the operator and for reports.
 *
 * @param session id of the session that brought it; empty for mail that was made here
 * @param listener name of the listener, or what made the mail, such as {@code report}
 * @param remote IP address of the client; empty when there was none
 * @param hello how the client presented itself, not verified; empty when it did not
 * @param identity who the client proved to be, if it did
 * @since 0.1.0
 */
public record Provenance(String session, String listener, String remote, String hello, Optional<String> identity) {

    /** Returns what is remembered of a session. */
    public static Provenance of(Origin origin) {
        String remote = origin.remote() instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : "";
        return new Provenance(
                origin.session(),
                origin.listener(),
                remote,
                origin.hello().name(),
                origin.identity().map(Identity::name));
    }

    /** Returns the provenance of a mail that was made on this host. */
    public static Provenance local(String maker) {
        return new Provenance("", maker, "", "", Optional.empty());
    }
}
