package org.mailwright.smtp.server.command;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;

/**
 * ENHANCEDSTATUSCODES (RFC 2034): each reply but the greeting and the answer to EHLO carries a code of RFC 3463.
 *
 * @since 0.1.0
 */
public final class EnhancedStatusCodes implements Extension {

    @Override
    public String id() {
        return "ENHANCEDSTATUSCODES";
    }

    @Override
    public void server(ServerSide side) {
        side.keyword("ENHANCEDSTATUSCODES");
        side.enhancedStatusCodes();
    }
}
