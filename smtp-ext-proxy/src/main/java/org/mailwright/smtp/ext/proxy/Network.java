package org.mailwright.smtp.ext.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * The addresses that begin with the same bits, IPv4 or IPv6.
 *
 * @param address one of them
 * @param bits how many of its bits count
 * @since 0.1.0
 */
public record Network(InetAddress address, int bits) {

    /** Checks the number of bits. */
    public Network {
        if (bits < 0 || bits > address.getAddress().length * 8) {
            throw new IllegalArgumentException("a network of " + bits + " bits cannot be");
        }
    }

    /**
     * Returns the network of a text such as "10.0.0.0/8", "2001:db8::/32" or "192.0.2.1". Nothing is looked up.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
        String bits = slash < 0 ? "" : text.substring(slash + 1);
        if (address.isEmpty() || (slash >= 0 && !bits.matches("[0-9]{1,3}"))) {
            throw new IllegalArgumentException("expected a network such as 10.0.0.0/8, found " + text);
        }
        return new Network(address.get(), slash < 0 ? address.get().getAddress().length * 8 : Integer.parseInt(bits));
    }

    /** Tells whether an address belongs to it; one that is no IP address does not. */
    public boolean contains(SocketAddress other) {
        if (!(other instanceof InetSocketAddress inet) || inet.isUnresolved()) {
            return false;
        }
        byte[] mine = address.getAddress();
        byte[] theirs = inet.getAddress().getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the form of {@link #parse}. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
