package org.mailwright.smtp.ext.content;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailwright.smtp.core.command.Command;

/**
 * The arguments of BDAT (RFC 3030 §2).
 *
 * @param octets that follow the line
 * @param last whether no other chunk follows
 */
record Bdat(long octets, boolean last) {

    private static final Pattern SYNTAX = Pattern.compile(" *([0-9]{1,20})( +LAST)?", Pattern.CASE_INSENSITIVE);

    /** At the end of what is wrong otherwise, such as "10 LATS". */
    private static final Pattern NUMBER = Pattern.compile(" *([0-9]{1,20})(?: .*)?");

    static Optional<Bdat> parse(String arguments) {
        Matcher matcher = SYNTAX.matcher(arguments);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean last = matcher.group(2) != null;
        return number(matcher.group(1)).stream()
                .mapToObj(octets -> new Bdat(octets, last))
                .findFirst();
    }

    /** Returns how many octets follow, even where the rest of the arguments is wrong; empty when nobody can say. */
    static OptionalLong octets(String arguments) {
        Matcher matcher = NUMBER.matcher(arguments);
        return matcher.matches() ? number(matcher.group(1)) : OptionalLong.empty();
    }

    /** Returns the number; nothing from 2^63 on. */
    private static OptionalLong number(String digits) {
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException beyondLong) {
            return OptionalLong.empty();
        }
    }

    static Command command(long octets, boolean last) {
        return Command.of("BDAT", octets + (last ? " LAST" : ""));
    }
}
