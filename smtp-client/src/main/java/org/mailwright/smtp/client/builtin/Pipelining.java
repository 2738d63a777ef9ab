package org.mailwright.smtp.client.builtin;

import java.util.Optional;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.WellKnown;

/**
 * The client half of PIPELINING (RFC 2920): sends commands in groups where the peer takes them so.
 *
 * @since 0.1.0
 */
public final class Pipelining implements Extension {

    @Override
    public String id() {
        return "PIPELINING";
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate("PIPELINING", words -> Optional.of(true), WellKnown.PIPELINING);
    }
}
