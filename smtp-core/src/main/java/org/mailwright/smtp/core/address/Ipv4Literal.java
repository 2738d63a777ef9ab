package org.mailwright.smtp.core.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IPv4 address in brackets, such as {@code [192.0.2.1]}.
 *
 * @param bits the address, its first octet highest
 * @since 0.1.0
 */
public record Ipv4Literal(int bits) implements AddressLiteral {
    static Ipv4Literal of(byte[] octets) {
        return new Ipv4Literal(ByteBuffer.wrap(octets).getInt());
    }

    /**
     * The address itself; nothing is looked up.
     *
     * @return an {@code Inet4Address} without a name
     */
    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bits).array());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("Four octets are an IPv4 address", impossible);
        }
    }

    String dotted() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
    }

    /** The literal in its shortest form, without leading zeros. */
    @Override
    public String toString() {
        return "[" + dotted() + "]";
    }
}
