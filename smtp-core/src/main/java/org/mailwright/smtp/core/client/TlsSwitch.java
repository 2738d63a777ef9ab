package org.mailwright.smtp.core.client;

import java.util.Optional;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.Transport;

/** Switches a connection to TLS, at the end of the turn in which a step asked for it, and only between two replies. */
final class TlsSwitch {

    private final Transport transport;
    private Optional<TlsPolicy> wanted = Optional.empty();

    TlsSwitch(Transport transport) {
        this.transport = transport;
    }

    void want(TlsPolicy policy) {
        wanted = Optional.of(policy);
    }

    boolean isWanted() {
        return wanted.isPresent();
    }

    void forget() {
        wanted = Optional.empty();
    }

    /**
     * Switches, if it is wanted.
     *
     * @param exchange what it holds is sent first
     * @return false when octets came in clear behind the leave to switch (RFC 3207 §6): the connection is to be given
     *     up
     */
    boolean perform(Hearing hearing, Exchange exchange) {
        if (wanted.isEmpty()) {
            return true;
        }
        if (!hearing.isEven()) {
            return false;
        }
        TlsPolicy policy = wanted.get();
        forget();
        exchange.flush();
        transport.startTls(policy);
        return true;
    }
}
