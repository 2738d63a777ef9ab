package org.mailwright.smtp.architecture.broken.b;

import org.mailwright.smtp.architecture.broken.a.ThereAndBack;

/** The other half of a cycle. */
public interface Neighbour {
    /** The first half. */
    ThereAndBack back();
}
