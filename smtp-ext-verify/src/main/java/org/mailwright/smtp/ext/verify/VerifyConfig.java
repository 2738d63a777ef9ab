package org.mailwright.smtp.ext.verify;

import java.util.EnumSet;
import java.util.Set;
import org.mailwright.smtp.core.mail.Role;

/**
 * Where users and lists are told. Elsewhere both verbs answer 252 without looking anything up (RFC 5321 §7.3).
 *
 * @param verify roles of listeners on which VRFY tells users
 * @param expand roles of listeners on which EXPN tells the members of lists
 * @since 0.1.0
 */
public record VerifyConfig(Set<Role> verify, Set<Role> expand) {

    /** On submission listeners only, where strangers cannot ask. */
    public static final VerifyConfig DEFAULT =
            new VerifyConfig(EnumSet.of(Role.SUBMISSION), EnumSet.of(Role.SUBMISSION));

    /** Nowhere. */
    public static final VerifyConfig OFF = new VerifyConfig(Set.of(), Set.of());

    /** Copies the sets. */
    public VerifyConfig {
        verify = Set.copyOf(verify);
        expand = Set.copyOf(expand);
    }
}
