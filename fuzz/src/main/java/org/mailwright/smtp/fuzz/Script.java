package org.mailwright.smtp.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What happens to a dialogue, read from octets: settings first, then what the other side sends. The octet 0xFF, which
 * is never part of UTF-8, begins an event; the letter behind it says which. So a script is as good as readable, and a
 * change of one octet is a small change.
 *
 * @param settings the first octets, as many as asked for, one character each
 * @param acts in their order
 */
record Script(String settings, List<Act> acts) {

    private static final int MOST_OCTETS = 512 * 1024;
    private static final int ESCAPE = 0xFF;

    /** One thing that happens. */
    sealed interface Act {
        /** Octets come, one character each. */
        record Octets(String octets) implements Act {}

        /** Something else happens. */
        record Event(char what) implements Act {}
    }

    /** Reads a script. Where there are too few octets for the settings, the others are 0. */
    static Script of(byte[] data, int settings) {
        List<Act> acts = new ArrayList<>();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int at = settings;
        while (at < data.length && octets.size() < MOST_OCTETS) {
            int octet = data[at++] & 0xFF;
            if (octet != ESCAPE) {
                octets.write(octet);
                continue;
            }
            int what = at < data.length ? data[at++] & 0xFF : 'F';
            if (what == ESCAPE) {
                octets.write(ESCAPE);
            } else if (what == 'R' && at + 1 < data.length) {
                byte[] many = new byte[64 * (1 + (data[at] & 0xFF))];
                Arrays.fill(many, data[at + 1]);
                octets.writeBytes(many);
                at += 2;
            } else {
                addOctets(acts, octets);
                acts.add(new Act.Event((char) what));
            }
        }
        addOctets(acts, octets);
        return new Script(Check.latin(Arrays.copyOf(data, settings)), List.copyOf(acts));
    }

    private static void addOctets(List<Act> acts, ByteArrayOutputStream octets) {
        if (octets.size() > 0) {
            acts.add(new Act.Octets(Check.latin(octets.toByteArray())));
            octets.reset();
        }
    }

    /** Returns an octet of the settings. */
    int setting(int index) {
        return settings.charAt(index);
    }

    /** Tells whether a bit of the settings is set. */
    boolean flag(int index, int bit) {
        return (setting(index) >> bit & 1) == 1;
    }
}
