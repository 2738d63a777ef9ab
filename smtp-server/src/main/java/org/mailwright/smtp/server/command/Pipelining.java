package org.mailwright.smtp.server.command;

import java.util.Optional;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.WellKnown;

/**
 * PIPELINING (RFC 2920): says that commands may come in groups. The core answers a group with one write whether or not
 * it was announced.
 *
 * @since 0.1.0
 */
public final class Pipelining implements Extension {

    @Override
    public String id() {
        return "PIPELINING";
    }

    @Override
    public void server(ServerSide side) {
        side.keyword("PIPELINING");
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate("PIPELINING", words -> Optional.of(true), WellKnown.PIPELINING);
    }
}
