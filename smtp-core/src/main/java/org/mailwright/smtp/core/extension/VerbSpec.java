package org.mailwright.smtp.core.extension;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mailwright.smtp.core.mail.Role;

/**
 * When a verb is allowed, and how its line is read. Immutable; each method returns a changed copy.
 *
 * @param verb upper case
 * @param phases in which it is allowed; elsewhere it gets 503 5.5.1
 * @param roles of listeners that know it; elsewhere it gets 500 5.5.1
 * @param beforeTls whether it is allowed in clear where the listener requires TLS
 * @param beforeAuthentication whether it is allowed to strangers where the listener requires authentication
 * @param lastInGroup whether it must be the last of a pipelined group (RFC 2920 §3.1)
 * @param junk whether it counts as junk when no mail comes of it: NOOP, RSET, VRFY and the like
 * @param maxLine octets of its line with CRLF; a longer one gets 500 5.5.2
 * @param runs stages whose gates it runs; where one of them may block, so may the verb
 * @param syntax for HELP, such as "VRFY &lt;SP&gt; string"
 * @since 0.1.0
 */
public record VerbSpec(
        String verb,
        Set<Phase> phases,
        Set<Role> roles,
        boolean beforeTls,
        boolean beforeAuthentication,
        boolean lastInGroup,
        boolean junk,
        int maxLine,
        List<Stage<?>> runs,
        String syntax) {

    /** Octets of a command line with CRLF that every verb may use: RFC 5321 asks for 512 and what extensions add. */
    public static final int LINE = 2048;

    /** Where a session stands. */
    public enum Phase {
        /** Before EHLO. */
        CONNECTED,
        /** After EHLO, HELO or LHLO, between mails. */
        GREETED,
        /** After MAIL. */
        TRANSACTION
    }

    /** Copies the sets. */
    public VerbSpec {
        verb = verb.toUpperCase(Locale.ROOT);
        phases = Set.copyOf(phases);
        roles = Set.copyOf(roles);
        runs = List.copyOf(runs);
        if (maxLine < 512) {
            throw new IllegalArgumentException("maxLine of " + verb + " is less than 512 octets");
        }
    }

    /** Returns a verb that is allowed in every role and phase after the greeting, needs TLS and AUTH where those are required. */
    public static VerbSpec of(String verb) {
        return new VerbSpec(
                verb,
                EnumSet.of(Phase.GREETED, Phase.TRANSACTION),
                EnumSet.allOf(Role.class),
                false,
                false,
                false,
                false,
                LINE,
                List.of(),
                verb);
    }

    /** Allows it in these phases only. */
    public VerbSpec in(Phase first, Phase... more) {
        return new VerbSpec(
                verb, EnumSet.of(first, more), roles, beforeTls, beforeAuthentication, lastInGroup, junk, maxLine, runs,
                syntax);
    }

    /** Allows it on listeners of these roles only. */
    public VerbSpec on(Role first, Role... more) {
        return new VerbSpec(
                verb, phases, EnumSet.of(first, more), beforeTls, beforeAuthentication, lastInGroup, junk, maxLine, runs,
                syntax);
    }

    /** Allows it in clear where TLS is required. */
    public VerbSpec allowedBeforeTls() {
        return new VerbSpec(
                verb, phases, roles, true, beforeAuthentication, lastInGroup, junk, maxLine, runs, syntax);
    }

    /** Allows it to strangers where authentication is required. */
    public VerbSpec allowedBeforeAuthentication() {
        return new VerbSpec(verb, phases, roles, beforeTls, true, lastInGroup, junk, maxLine, runs, syntax);
    }

    /** Says that it ends a pipelined group. */
    public VerbSpec last() {
        return new VerbSpec(verb, phases, roles, beforeTls, beforeAuthentication, true, junk, maxLine, runs, syntax);
    }

    /** Says that it counts as junk. */
    public VerbSpec countedAsJunk() {
        return new VerbSpec(
                verb, phases, roles, beforeTls, beforeAuthentication, lastInGroup, true, maxLine, runs, syntax);
    }

    /** Allows a line of this many octets with CRLF. */
    public VerbSpec line(int octets) {
        return new VerbSpec(
                verb, phases, roles, beforeTls, beforeAuthentication, lastInGroup, junk, octets, runs, syntax);
    }

    /** Says which gates its handler runs. */
    public VerbSpec running(Stage<?>... stages) {
        return new VerbSpec(
                verb, phases, roles, beforeTls, beforeAuthentication, lastInGroup, junk, maxLine, List.of(stages),
                syntax);
    }

    /** Gives its syntax, for HELP. */
    public VerbSpec help(String text) {
        return new VerbSpec(
                verb, phases, roles, beforeTls, beforeAuthentication, lastInGroup, junk, maxLine, runs, text);
    }
}
