package org.mailwright.smtp.client;

import java.util.function.BooleanSupplier;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.ClientPhase;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ClientStep;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.NonBlocking;

/**
 * Notes whether the server of a client offers a keyword, for clients that speak to one server alone: whether it offers
 * DSN says who reports of success (RFC 3461 §5.2). Safe for any number of connections; the last one counts.
 *
 * @since 0.1.0
 */
public final class LastOffer implements Extension, BooleanSupplier {

    private final String keyword;
    private volatile boolean offered;

    private interface Quick extends ClientStep, NonBlocking {}

    /** Looks for a keyword. */
    public LastOffer(String keyword) {
        this.keyword = keyword;
    }

    @Override
    public String id() {
        return "last-offer-" + keyword;
    }

    @Override
    public void client(ClientSide side) {
        Quick note = peer -> {
            offered = peer.offers(keyword);
            return ClientMove.done();
        };
        side.step(ClientPhase.READY, Integer.MAX_VALUE, note);
    }

    /** Tells whether the server offered it the last time; no before that. */
    @Override
    public boolean getAsBoolean() {
        return offered;
    }
}
