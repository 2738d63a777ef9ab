package org.mailwright.smtp.distribution.text;

/**
 * Text from outside as it may be shown to a person: nothing in it moves a cursor, ends a line or turns the writing.
 *
 * @since 0.1.0
 */
public final class Visible {
    private Visible() {}

    /** The same, with control characters and the like as {@code \xNN} or {@code \}{@code uNNNN}. */
    public static String text(String untrusted) {
        return isPlain(untrusted) ? untrusted : shown(untrusted);
    }

    private static boolean isPlain(String untrusted) {
        for (int i = 0; i < untrusted.length(); i++) {
            char c = untrusted.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static String shown(String untrusted) {
        StringBuilder out = new StringBuilder(untrusted.length());
        untrusted.codePoints().forEach(c -> {
            if (isVisible(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
            }
        });
        return out.toString();
    }

    private static boolean isVisible(int c) {
        if (c >= ' ' && c <= '~') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
