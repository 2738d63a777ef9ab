package org.mailwright.smtp.ext.policy;

import java.util.List;

/**
 * The configuration of NO-SOLICITING.
 *
 * @param refused classes of solicitations that are not taken, such as "net.example:ADV"; empty: a mail may name any
 * @since 0.1.0
 */
public record NoSolicitingConfig(List<String> refused) {

    /** Refuses nothing. */
    public static final NoSolicitingConfig DEFAULT = new NoSolicitingConfig(List.of());

    /** Checks the classes. */
    public NoSolicitingConfig {
        refused = List.copyOf(refused);
        for (String one : refused) {
            if (!Solicitations.isKeyword(one)) {
                throw new IllegalArgumentException("refused: expected classes such as net.example:ADV, found " + one);
            }
        }
        if (String.join(",", refused).length() > Solicitations.LONGEST) {
            throw new IllegalArgumentException("refused: more than 1000 characters together");
        }
    }
}
