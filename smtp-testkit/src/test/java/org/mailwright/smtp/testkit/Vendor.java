package org.mailwright.smtp.testkit;

import java.util.function.Consumer;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;

/** An extension in one line. */
record Vendor(String id, Consumer<ServerSide> half) implements Extension {

    static Vendor of(String id, Consumer<ServerSide> half) {
        return new Vendor(id, half);
    }

    @Override
    public void server(ServerSide side) {
        half.accept(side);
    }
}
