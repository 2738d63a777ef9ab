package org.mailwright.smtp.architecture.broken.a;

import org.mailwright.smtp.architecture.broken.b.Neighbour;

/** One half of a cycle. */
public interface ThereAndBack {
    /** The other half. */
    Neighbour there();
}
