package org.mailwright.smtp.core.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IPv6 address in brackets, such as {@code [IPv6:2001:db8::25]}.
 *
 * <p>Equal by address, however it was written.
 *
 * @param high the first eight octets of the address
 * @param low the last eight octets of the address
 * @since 0.1.0
 */
public record Ipv6Literal(long high, long low) implements AddressLiteral {
    static final String TAG = "IPv6";

    private static final int GROUPS = 8;

    static Ipv6Literal of(byte[] octets) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        return new Ipv6Literal(buffer.getLong(), buffer.getLong());
    }

    static Ipv6Literal of(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS / 2; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + GROUPS / 2];
        }
        return new Ipv6Literal(high, low);
    }

    /**
     * Whether the address is an IPv4 address in IPv6 form ({@code ::ffff:192.0.2.1}), which rules about IPv4 addresses
     * must not miss.
     *
     * @return true for the prefix ::ffff:0:0/96
     */
    public boolean isIpv4Mapped() {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    /**
     * The address itself; nothing is looked up.
     *
     * @return an {@code Inet6Address} without name and scope; an {@code Inet4Address} for an IPv4-mapped one, as the
     *     platform has it
     */
    public InetAddress toInetAddress() {
        byte[] octets =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("Sixteen octets are an IPv6 address", impossible);
        }
    }

    /** The literal in the canonical form of RFC 5952, which the grammar of RFC 5321 §4.1.3 allows too. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(48).append('[').append(TAG).append(':');
        if (isIpv4Mapped()) {
            return out.append("::ffff:")
                    .append(new Ipv4Literal((int) low).dotted())
                    .append(']')
                    .toString();
        }
        int gap = longestGap();
        int gapEnd = gap < 0 ? -1 : gap + zerosFrom(gap);
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                out.append("::");
                i = gapEnd - 1;
            } else {
                out.append(i == 0 || i == gapEnd ? "" : ":").append(Integer.toHexString(group(i)));
            }
        }
        return out.append(']').toString();
    }

    private int group(int index) {
        long half = index < GROUPS / 2 ? high : low;
        int shift = 16 * (GROUPS / 2 - 1 - index % (GROUPS / 2));
        return (int) (half >>> shift & 0xFFFF);
    }

    private int zerosFrom(int index) {
        int end = index;
        while (end < GROUPS && group(end) == 0) {
            end++;
        }
        return end - index;
    }

    /** Where the first of the longest runs of two or more zero groups starts, or -1. */
    private int longestGap() {
        int best = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            if (zerosFrom(i) > length) {
                best = i;
                length = zerosFrom(i);
            }
        }
        return best;
    }
}
