package org.mailwright.smtp.relay;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Which addresses may be connected to, and in which order. */
record AddressRules(boolean privateAddresses) {

    /** Tells whether the DNS may lead there: it is in the hands of strangers. */
    boolean allowed(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return false;
        }
        byte[] octets = address.getAddress();
        int first = octets[0] & 0xFF;
        boolean never = address instanceof Inet4Address && (first == 0 || first >= 240);
        boolean near = address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || (address instanceof Inet6Address && (first & 0xFE) == 0xFC)
                || (address instanceof Inet4Address && first == 127)
                || (address instanceof Inet4Address && first == 100 && (octets[1] & 0xC0) == 64);
        return !never && (privateAddresses || !near);
    }

    /** Puts IPv6 and IPv4 in turn, so that one family that does not work costs little. */
    static List<InetAddress> interleaved(List<InetAddress> addresses) {
        List<InetAddress> six =
                addresses.stream().filter(Inet6Address.class::isInstance).toList();
        List<InetAddress> four =
                addresses.stream().filter(Inet4Address.class::isInstance).toList();
        List<InetAddress> all = new ArrayList<>(addresses.size());
        for (int i = 0; i < Math.max(six.size(), four.size()); i++) {
            if (i < six.size()) {
                all.add(six.get(i));
            }
            if (i < four.size()) {
                all.add(four.get(i));
            }
        }
        return all;
    }
}
