package org.mailwright.smtp.server.trace;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.extension.TraceClause;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Origin;
import org.mailwright.smtp.core.mail.Role;

/** The trace field that a server puts on top of each mail (RFC 5321 §4.4). */
final class ReceivedField {

    private ReceivedField() {}

    /**
     * Returns the field with its line ends.
     *
     * @param date of the arrival, as in RFC 5322 §3.3
     */
    static byte[] of(Envelope envelope, String date) {
        Origin origin = envelope.origin();
        StringBuilder field = new StringBuilder(256);
        field.append("Received: from ").append(origin.hello().name());
        if (origin.remote() instanceof InetSocketAddress address && address.getAddress() != null) {
            field.append(" (").append(AddressLiteral.of(address.getAddress())).append(')');
        }
        field.append("\r\n\tby ").append(origin.hostname());
        field.append(" with ").append(protocol(envelope)).append(" id ").append(envelope.id());
        boolean named = envelope.recipients().size() == 1;
        if (named) {
            field.append("\r\n\tfor ")
                    .append(envelope.recipients().get(0).path().path());
        }
        origin.tls().ifPresent(tls -> field.append("\r\n\ttls ").append(tls.cipherSuite()));
        List<TraceClause> clauses = envelope.attributes().get(TraceClause.ALL).orElse(List.of());
        clauses.forEach(clause ->
                field.append("\r\n\t").append(clause.name()).append(' ').append(clause.value()));
        boolean roomy = named || origin.tls().isPresent() || !clauses.isEmpty();
        field.append(roomy ? "; " : ";\r\n\t").append(date).append("\r\n");
        return field.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the "with" protocol type (RFC 3848, RFC 6531 §4.3). */
    static String protocol(Envelope envelope) {
        Origin origin = envelope.origin();
        Hello hello = origin.hello();
        boolean international = envelope.attributes().has(WellKnown.INTERNATIONALIZED);
        String base = origin.role() == Role.LMTP ? "LMTP" : hello.extended() && !international ? "ESMTP" : "SMTP";
        if (!hello.extended()) {
            return base;
        }
        return (international ? "UTF8" : "")
                + base
                + (origin.tls().isPresent() ? "S" : "")
                + (origin.identity().isPresent() ? "A" : "");
    }
}
