package org.mailwright.smtp.core.address;

import java.util.Optional;

/** The Bootstring encoding of RFC 3492 with the parameters of its §5. */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;

    private Punycode() {}

    /** Encodes a label in small letters of at most 255 octets, so that no number here can overflow. */
    static String encode(String label) {
        int[] input = label.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        for (int codePoint : input) {
            if (codePoint < INITIAL_N) {
                out.append((char) codePoint);
            }
        }
        int basic = out.length();
        int handled = basic;
        if (basic > 0) {
            out.append('-');
        }
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        while (handled < input.length) {
            int next = Character.MAX_CODE_POINT;
            for (int codePoint : input) {
                if (codePoint >= n && codePoint < next) {
                    next = codePoint;
                }
            }
            delta += (next - n) * (handled + 1);
            n = next;
            for (int codePoint : input) {
                if (codePoint < n) {
                    delta++;
                } else if (codePoint == n) {
                    appendNumber(out, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return out.toString();
    }

    private static void appendNumber(StringBuilder out, int number, int bias) {
        int rest = number;
        for (int k = BASE; ; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    /**
     * Decodes what follows {@code xn--}, in small letters and at most 59 of them.
     *
     * @return empty when it is no Punycode
     */
    static Optional<String> decode(String encoded) {
        int delimiter = encoded.lastIndexOf('-');
        StringBuilder out = new StringBuilder(encoded.substring(0, Math.max(delimiter, 0)));
        int length = out.length();
        int position = delimiter < 0 ? 0 : delimiter + 1;
        int n = INITIAL_N;
        long index = 0;
        int bias = INITIAL_BIAS;
        while (position < encoded.length()) {
            long before = index;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = position < encoded.length() ? value(encoded.charAt(position++)) : -1;
                index += digit * weight;
                if (digit < 0 || index > Integer.MAX_VALUE) {
                    return Optional.empty();
                }
                int threshold = threshold(k, bias);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (weight > Integer.MAX_VALUE) {
                    return Optional.empty();
                }
            }
            length++;
            bias = adapt((int) (index - before), length, before == 0 && n == INITIAL_N);
            long codePoint = n + index / length;
            boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            if (surrogate || codePoint > Character.MAX_CODE_POINT) {
                return Optional.empty();
            }
            n = (int) codePoint;
            index %= length;
            out.insert(out.offsetByCodePoints(0, (int) index), Character.toString(n));
            index++;
        }
        return Optional.of(out.toString());
    }

    private static int threshold(int k, int bias) {
        return Math.clamp((long) k - bias, T_MIN, T_MAX);
    }

    private static int adapt(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int value(char digit) {
        if (digit >= 'a' && digit <= 'z') {
            return digit - 'a';
        }
        return digit >= '0' && digit <= '9' ? digit - '0' + 26 : -1;
    }
}
