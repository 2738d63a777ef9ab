package org.mailwright.smtp.fuzz;

/**
 * The client's side of the dialogue in the hands of a server that says anything, and goes when it likes: each mail gets
 * one result with each of its recipients, and no wait is without end.
 *
 * @since 0.1.0
 */
public final class ClientTarget {

    private ClientTarget() {}

    /** Takes a {@link Script} with the settings of {@link ClientSetup}. */
    public static void fuzzerTestOneInput(byte[] data) {
        ClientSetup setup = new ClientSetup(Script.of(data, ClientSetup.SETTINGS));
        ClientRun whole = new ClientRun(setup, Cuts.WHOLE);
        whole.play();
        ClientRun cut = new ClientRun(setup, Cuts.OCTETS);
        cut.play();
        Check.same(whole.transcript(), cut.transcript(), "the transcript of octets that are cut");
    }
}
