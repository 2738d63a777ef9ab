package org.mailwright.smtp.fuzz;

import java.util.List;

/**
 * The server's side of the dialogue, with its built-in commands and one extension that does all an extension can do, in
 * the hands of a client that sends anything: {@link ServerModel} follows what is said, and it is the same however the
 * octets are cut.
 *
 * @since 0.1.0
 */
public final class ServerTarget {

    private ServerTarget() {}

    /** Takes a {@link Script} with the settings of {@link ServerSetup}. */
    public static void fuzzerTestOneInput(byte[] data) {
        ServerSetup setup = new ServerSetup(Script.of(data, ServerSetup.SETTINGS), List::of);
        ServerRun whole = new ServerRun(setup, Cuts.WHOLE, true);
        whole.play(new ServerModel(setup));
        whole.checkCuts();
    }
}
