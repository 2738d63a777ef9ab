package org.mailwright.smtp.mailbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Takes Return-Path fields out of the header of a mail as it streams by (RFC 5321 §4.4): the only one that a reader
 * sees shall be the one that final delivery adds. Everything else passes as it is.
 */
final class ReturnPathFilter {
    private static final byte[] NAME = "return-path".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_HELD = 64;

    private enum Place {
        LINE_START,
        IN_NAME,
        BEHIND_NAME,
        KEPT_LINE,
        DROPPED_LINE,
        BODY
    }

    private Place place = Place.LINE_START;
    private boolean dropping;
    private final byte[] held = new byte[MOST_HELD];
    private int count;

    /** What is left of the next octets; the buffer is consumed. */
    ByteBuffer filter(ByteBuffer octets) {
        if (place == Place.BODY) {
            ByteBuffer all = octets.slice();
            octets.position(octets.limit());
            return all;
        }
        ByteBuffer kept = ByteBuffer.allocate(count + octets.remaining());
        while (octets.hasRemaining() && place != Place.BODY) {
            take(octets.get(), kept);
        }
        kept.put(octets);
        return kept.flip();
    }

    /** What was held back at the end of a mail that is all header. */
    ByteBuffer end() {
        ByteBuffer rest = ByteBuffer.wrap(held, 0, count);
        count = 0;
        return rest;
    }

    private void take(byte octet, ByteBuffer kept) {
        switch (place) {
            case LINE_START -> startLine(octet, kept);
            case IN_NAME -> {
                hold(octet);
                if ((octet | 0x20) != NAME[count - 1]) {
                    keep(octet, kept);
                } else if (count == NAME.length) {
                    place = Place.BEHIND_NAME;
                }
            }
            case BEHIND_NAME -> {
                hold(octet);
                if (octet == ':') {
                    count = 0;
                    dropping = true;
                    place = Place.DROPPED_LINE;
                } else if ((octet != ' ' && octet != '\t') || count == MOST_HELD) {
                    keep(octet, kept);
                }
            }
            case KEPT_LINE -> {
                kept.put(octet);
                endLine(octet);
            }
            case DROPPED_LINE -> endLine(octet);
            case BODY -> throw new IllegalStateException("the body is not looked at");
        }
    }

    private void startLine(byte octet, ByteBuffer kept) {
        if (octet == '\r' || octet == '\n') {
            kept.put(octet);
            place = Place.BODY;
        } else if (octet == ' ' || octet == '\t') {
            place = dropping ? Place.DROPPED_LINE : Place.KEPT_LINE; // belongs to the field above
            if (!dropping) {
                kept.put(octet);
            }
        } else {
            dropping = false;
            place = Place.IN_NAME;
            take(octet, kept);
        }
    }

    private void hold(byte octet) {
        held[count++] = octet;
    }

    /** It is another field: what was held back belongs to the mail. */
    private void keep(byte octet, ByteBuffer kept) {
        kept.put(held, 0, count);
        count = 0;
        place = Place.KEPT_LINE;
        endLine(octet);
    }

    private void endLine(byte octet) {
        if (octet == '\n') {
            place = Place.LINE_START;
        }
    }
}
