package org.mailwright.smtp.distribution.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of addresses, such as {@code 127.0.0.1/32} or {@code fd00::/8}.
 *
 * @param address the first of it
 * @param prefix bits that all of its addresses have in common
 * @since 0.1.0
 */
public record Network(InetAddress address, int prefix) {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern FORM =
            Pattern.compile("(" + OCTET + "(?:\\." + OCTET + "){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");
    private static final int LEAST_4 = 8;
    private static final int LEAST_6 = 7;

    /**
     * Reads a range; without a prefix it is one address. Nothing is looked up in the DNS.
     *
     * @throws IllegalArgumentException when it is none; with a message when it is nearly one
     */
    static Network parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("");
        }
        InetAddress address;
        try {
            address = InetAddress.getByName(form.group(1));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("", e);
        }
        int bits = address.getAddress().length * 8;
        int prefix = form.group(2) == null ? bits : Integer.parseInt(form.group(2));
        int least = address instanceof Inet4Address ? LEAST_4 : LEAST_6;
        if (prefix > bits) {
            throw new IllegalArgumentException("\"" + text + "\" has more than " + bits + " bits");
        }
        if (prefix < least) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is too much to be trusted: a prefix has at least " + least + " bits");
        }
        for (int bit = prefix; bit < bits; bit++) {
            if (bit(address.getAddress(), bit) != 0) {
                throw new IllegalArgumentException("\"" + text + "\" has bits behind its prefix");
            }
        }
        return new Network(address, prefix);
    }

    /** Tells whether an address is within it. */
    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int at = 0; at < prefix; at++) {
            if (bit(ours, at) != bit(theirs, at)) {
                return false;
            }
        }
        return true;
    }

    private static int bit(byte[] octets, int at) {
        return octets[at / 8] >> (7 - at % 8) & 1;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
