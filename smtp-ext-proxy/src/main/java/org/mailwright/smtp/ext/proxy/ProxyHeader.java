package org.mailwright.smtp.ext.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Preface.Ends;
import org.mailwright.smtp.core.extension.Preface.Progress;

/** Reads the header of the PROXY protocol: a line (version 1), or a binary one (version 2). */
final class ProxyHeader {

    /** The most octets of a header: 16 and what a proxy may add to the addresses of version 2. */
    static final int LONGEST = 4096;

    private static final int LONGEST_LINE = 107;
    private static final byte[] LINE = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BINARY = HexFormat.of().parseHex("0D0A0D0A000D0A515549540A");
    private static final int FIXED = 16;
    private static final Progress MORE = new Progress.More();
    private static final Progress NONE = new Progress.Refused("no header of the PROXY protocol");

    private ProxyHeader() {}

    static Progress read(ByteBuffer octets) {
        if (begins(octets, BINARY)) {
            return octets.remaining() < FIXED ? MORE : binary(octets);
        }
        return begins(octets, LINE) ? line(octets) : NONE;
    }

    /** Tells whether all that has come could be the beginning. */
    private static boolean begins(ByteBuffer octets, byte[] beginning) {
        int length = Math.min(octets.remaining(), beginning.length);
        return octets.slice(octets.position(), length).equals(ByteBuffer.wrap(beginning, 0, length));
    }

    private static Progress line(ByteBuffer octets) {
        byte[] all = new byte[Math.min(octets.remaining(), LONGEST_LINE)];
        octets.get(octets.position(), all);
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n");
        if (end < 0) {
            return all.length < LONGEST_LINE && text.indexOf('\n') < 0 ? MORE : NONE;
        }
        String[] words = text.substring(0, end).split(" ", -1);
        if (words.length >= 2 && words[1].equals("UNKNOWN")) {
            return new Progress.Whole(end + 2, Optional.empty());
        }
        if (words.length != 6 || !(words[1].equals("TCP4") || words[1].equals("TCP6"))) {
            return NONE;
        }
        Optional<InetSocketAddress> remote = address(words[1], words[2], words[4]);
        Optional<InetSocketAddress> local = address(words[1], words[3], words[5]);
        return remote.isPresent() && local.isPresent()
                ? new Progress.Whole(end + 2, Optional.of(new Ends(remote.get(), local.get())))
                : NONE;
    }

    private static Optional<InetSocketAddress> address(String family, String host, String port) {
        boolean six = host.indexOf(':') >= 0;
        Optional<Integer> number = Addresses.port(port);
        return six != family.equals("TCP6") || number.isEmpty()
                ? Optional.empty()
                : Addresses.parse(host).map(address -> new InetSocketAddress(address, number.get()));
    }

    private static Progress binary(ByteBuffer octets) {
        int start = octets.position();
        int version = octets.get(start + 12) >> 4 & 0xF;
        int command = octets.get(start + 12) & 0xF;
        int family = octets.get(start + 13) & 0xFF;
        int length = octets.getShort(start + 14) & 0xFFFF;
        if (version != 2 || command > 1 || FIXED + length > LONGEST) {
            return NONE;
        }
        if (octets.remaining() < FIXED + length) {
            return MORE;
        }
        int size = family == 0x11 ? 4 : family == 0x21 ? 16 : 0;
        if (command == 0 || size == 0) {
            return new Progress.Whole(FIXED + length, Optional.empty()); // a check by the proxy, or no IP address
        }
        if (length < 2 * size + 4) {
            return NONE;
        }
        int at = start + FIXED;
        Ends ends = new Ends(
                new InetSocketAddress(address(octets, at, size), port(octets, at + 2 * size)),
                new InetSocketAddress(address(octets, at + size, size), port(octets, at + 2 * size + 2)));
        return new Progress.Whole(FIXED + length, Optional.of(ends));
    }

    private static int port(ByteBuffer octets, int at) {
        return octets.getShort(at) & 0xFFFF;
    }

    private static InetAddress address(ByteBuffer octets, int at, int size) {
        byte[] address = new byte[size];
        octets.get(at, address);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }
}
