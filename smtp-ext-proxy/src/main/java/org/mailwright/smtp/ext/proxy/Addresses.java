package org.mailwright.smtp.ext.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.AddressSyntaxException;

/** Reads IP addresses, without ever looking one up. */
final class Addresses {

    private Addresses() {}

    /** Returns the IPv4 or IPv6 address that a text is; empty when it is none. */
    static Optional<InetAddress> parse(String text) {
        try {
            boolean six = text.indexOf(':') >= 0;
            AddressLiteral.parse(six ? "[IPv6:" + text + "]" : "[" + text + "]"); // a name would be looked up
            return Optional.of(InetAddress.getByName(text));
        } catch (AddressSyntaxException | UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    /** Returns the port that a text is, 0 to 65535. */
    static Optional<Integer> port(String text) {
        return text.matches("0|[1-9][0-9]{0,4}")
                ? Optional.of(Integer.valueOf(text)).filter(port -> port <= 65535)
                : Optional.empty();
    }
}
