package org.mailwright.smtp.ext.content;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;

/**
 * What recipients can take, by their addresses.
 *
 * @param capabilities an expression of RFC 2533 in parentheses, for each {@code user@example.org}, or for all of a
 *     domain: {@code @example.org}
 * @since 0.1.0
 */
public record ConnegConfig(Map<String, String> capabilities) {

    /** Nothing is known of anybody. */
    public static final ConnegConfig DEFAULT = new ConnegConfig(Map.of());

    /** The most characters of one expression, so that it fits into a reply. */
    public static final int LONGEST = 8192;

    /** Checks the expressions. */
    public ConnegConfig {
        Map<String, String> known = new TreeMap<>();
        capabilities.forEach((address, expression) -> {
            require(address.indexOf('@') >= 0, address, "an address, or @ and a domain");
            require(isExpression(expression), address, "an expression of RFC 2533, such as (color=Binary)");
            known.put(address.toLowerCase(Locale.ROOT), expression.strip());
        });
        capabilities = Map.copyOf(known);
    }

    private static void require(boolean fine, String address, String expected) {
        if (!fine) {
            throw new IllegalArgumentException("capabilities." + address + ": expected " + expected);
        }
    }

    /** Tells whether it is printable, in parentheses that match; what it says is for its readers. */
    private static boolean isExpression(String text) {
        String expression = text.strip();
        int depth = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            boolean inside = depth > 0 || (depth == 0 && i == expression.length() - 1);
            if (!inside || c > 126 || (c < ' ' && !Character.isWhitespace(c))) {
                return false;
            }
        }
        return depth == 0 && !expression.isEmpty() && expression.length() <= LONGEST;
    }

    /** Returns what a recipient can take, if that is known. */
    Optional<String> of(ForwardPath path) {
        if (!(path instanceof Mailbox mailbox)) {
            return Optional.empty();
        }
        String address = mailbox.toString().toLowerCase(Locale.ROOT);
        return Optional.ofNullable(capabilities.get(address))
                .or(() -> Optional.ofNullable(capabilities.get(address.substring(address.lastIndexOf('@')))));
    }
}
