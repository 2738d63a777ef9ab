package org.mailwright.smtp.server.gate;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Stage;

/**
 * A gate of the server itself: every listener has it, whichever extensions it names, so that nobody opens it by leaving
 * it out of a list.
 *
 * @param <T> what it judges
 * @param id names it in messages
 * @param stage when it is asked
 * @param order among the gates of the stage, ascending; {@link RelayGate} comes first
 * @param gate may block, unless it is {@link org.mailwright.smtp.core.mail.NonBlocking}
 * @since 0.1.0
 */
public record StandingGate<T>(String id, Stage<T> stage, int order, Gate<? super T> gate) implements Extension {

    @Override
    public void server(ServerSide side) {
        side.gate(stage, order, gate);
    }
}
