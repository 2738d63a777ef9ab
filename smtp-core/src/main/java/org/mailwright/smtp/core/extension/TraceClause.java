package org.mailwright.smtp.core.extension;

import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;

/**
 * A clause that an extension adds to the Received field of a mail: one of the "additional registered clauses" of RFC
 * 5321 §4.4.
 *
 * @param name as registered with IANA, such as "PRIORITY"
 * @param value one word of printable US-ASCII
 * @since 0.1.0
 */
public record TraceClause(String name, String value) {

    /** The clauses of a mail, in the order in which they stand. */
    public static final AttributeKey<List<TraceClause>> ALL = AttributeKey.of("trace-clauses", Scope.TRANSACTION);

    /** Checks that it can stand in a field. */
    public TraceClause {
        if (!name.matches("[A-Za-z][A-Za-z0-9-]{0,39}") || !value.matches("[!-'*-:<-\\[\\]-~]{1,80}")) {
            throw new IllegalArgumentException("not a clause of Received: " + name);
        }
    }

    /** Returns the attributes of a mail with one more clause. */
    public static Attributes add(Attributes attributes, TraceClause clause) {
        List<TraceClause> all = new ArrayList<>(attributes.get(ALL).orElse(List.of()));
        all.add(clause);
        return attributes.with(ALL, List.copyOf(all));
    }
}
