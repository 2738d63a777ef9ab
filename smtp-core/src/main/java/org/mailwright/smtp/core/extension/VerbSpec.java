package org.mailwright.smtp.core.extension;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.mailwright.smtp.core.mail.Role;

/**
 * When a verb is allowed, and how its line is read. Immutable; each method returns a changed copy.
 *
 * @param verb upper case
 * @param phases in which it is allowed; elsewhere it gets 503 5.5.1
 * @param roles of listeners that know it; elsewhere it gets 500 5.5.1
 * @param traits what else is special about it
 * @param maxLine octets of its line with CRLF that it needs; one longer than this, and than the listener allows to all,
 *     gets 500 5.5.2
 * @param runs stages whose gates it runs; where one of them may block, so may the verb
 * @param octets reads from the arguments how many octets follow the line without waiting for a reply (BDAT); the core
 *     consumes them even when it refuses the command. Empty: it cannot be read, and the connection is closed
 * @param syntax for HELP, such as "VRFY &lt;SP&gt; string"
 * @since 0.1.0
 */
public record VerbSpec(
        String verb,
        Set<Phase> phases,
        Set<Role> roles,
        Set<Trait> traits,
        int maxLine,
        List<Stage<?>> runs,
        Optional<Function<String, OptionalLong>> octets,
        String syntax) {

    /** Octets of a command line with CRLF that every verb may use (RFC 5321 §4.5.3.1.4); a listener may allow more. */
    public static final int LINE = 512;

    /** Where a session stands. */
    public enum Phase {
        /** Before EHLO. */
        CONNECTED,
        /** After EHLO, HELO or LHLO, between mails. */
        GREETED,
        /** After MAIL. */
        TRANSACTION
    }

    /** What can be special about a verb. */
    public enum Trait {
        /** Allowed in clear where the listener requires TLS. */
        BEFORE_TLS,
        /** Allowed to strangers where the listener requires authentication. */
        BEFORE_AUTHENTICATION,
        /**
         * Ends a pipelined group: a client waits for its reply before it says more (RFC 2920 §3.1). A server answers
         * what comes behind it all the same.
         */
        LAST_IN_GROUP,
        /** Counts as junk when no mail comes of it: EHLO, NOOP, RSET, VRFY and the like. */
        JUNK,
        /** Its arguments are secret: observers see "***". */
        SECRET
    }

    /** Copies the sets. */
    public VerbSpec {
        verb = verb.toUpperCase(Locale.ROOT);
        phases = Set.copyOf(phases);
        roles = Set.copyOf(roles);
        traits = Set.copyOf(traits);
        runs = List.copyOf(runs);
        if (maxLine < 512) {
            throw new IllegalArgumentException("maxLine of " + verb + " is less than 512 octets");
        }
    }

    /** Returns a verb that is allowed in every role and after EHLO, needs TLS and AUTH where those are required. */
    public static VerbSpec of(String verb) {
        Set<Phase> greeted = EnumSet.of(Phase.GREETED, Phase.TRANSACTION);
        return new VerbSpec(
                verb, greeted, EnumSet.allOf(Role.class), Set.of(), LINE, List.of(), Optional.empty(), verb);
    }

    /** Allows it in these phases only. */
    public VerbSpec in(Phase first, Phase... more) {
        return new VerbSpec(verb, EnumSet.of(first, more), roles, traits, maxLine, runs, octets, syntax);
    }

    /** Allows it on listeners of these roles only. */
    public VerbSpec on(Role first, Role... more) {
        return new VerbSpec(verb, phases, EnumSet.of(first, more), traits, maxLine, runs, octets, syntax);
    }

    /** Says what is special about it. */
    public VerbSpec with(Trait first, Trait... more) {
        return new VerbSpec(verb, phases, roles, EnumSet.of(first, more), maxLine, runs, octets, syntax);
    }

    /** Allows a line of this many octets with CRLF, however few the listener allows to others. */
    public VerbSpec line(int most) {
        return new VerbSpec(verb, phases, roles, traits, most, runs, octets, syntax);
    }

    /** Says which gates its handler runs. */
    public VerbSpec running(Stage<?>... stages) {
        return new VerbSpec(verb, phases, roles, traits, maxLine, List.of(stages), octets, syntax);
    }

    /**
     * Says that octets follow the line at once, so that those of a refused command are not taken for commands. The mail
     * that they are missing from is forgotten.
     *
     * @param count reads their number from the arguments; empty when it cannot be read
     */
    public VerbSpec followedBy(Function<String, OptionalLong> count) {
        return new VerbSpec(verb, phases, roles, traits, maxLine, runs, Optional.of(count), syntax);
    }

    /** Gives its syntax, for HELP. */
    public VerbSpec help(String text) {
        return new VerbSpec(verb, phases, roles, traits, maxLine, runs, octets, text);
    }

    /** Tells whether it has a trait. */
    public boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
