package org.mailwright.smtp.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mailwright.smtp.core.session.ServerSession;
import org.mailwright.smtp.core.transport.MemoryTransport;

/** Plays a script to a server session, its octets cut in some way, and notes what comes of it. */
final class ServerRun {

    private static final int MOST_TURNS = 1_000_000;
    private static final long MOST_KEPT = 512 * 1024;
    private static final int MOST_CUT = 64;
    private static final Listener NOBODY = new Listener() {};
    private static final Duration LONG = Duration.ofHours(1);

    /** Hears of each act and what the server said to it. */
    interface Listener {
        /** The connection is there. */
        default void opened(String said, ServerRun run) {}

        /** Octets came; what came during a TLS handshake is left out. */
        default void octets(byte[] octets, String said, ServerRun run) {}

        /** Something else happened. */
        default void event(char what, String said, ServerRun run) {}
    }

    private final ServerSetup setup;
    private final Cuts cuts;
    private final boolean eager;
    private final FuzzSink sink;
    private final ServerSession session;
    private final MemoryTransport transport;
    private final List<String> said = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private boolean inputEnded;

    /** With {@code eager}, all work is done before the next octets come; else some of it later. */
    ServerRun(ServerSetup setup, Cuts cuts, boolean eager) {
        this.setup = setup;
        this.cuts = cuts;
        this.eager = eager;
        this.sink = setup.sink();
        this.session = new ServerSession(setup.service(sink));
        this.transport = new MemoryTransport(setup.transport());
    }

    ServerSetup setup() {
        return setup;
    }

    FuzzSink sink() {
        return sink;
    }

    boolean open() {
        return transport.isOpen();
    }

    boolean handshake() {
        return transport.handshake().isPresent();
    }

    /**
     * Returns what is the same however the octets are cut: what was said to each act, and what became of each mail. One
     * that was aborted leaves nothing, and whether the sink had been asked by then depends on how the octets came.
     */
    List<String> transcript() {
        List<String> all = new ArrayList<>(said);
        sink.mails().stream().filter(mail -> !mail.aborted()).forEach(mail -> all.add(mail.toString()));
        all.add("closed: " + transport.closedWhy());
        return all;
    }

    /** Plays the same again with octets that are cut, and checks that the same comes of it. */
    void checkCuts() {
        checkCut(new ServerRun(setup, Cuts.RANDOM, false));
        if (setup.script().acts().size() < MOST_CUT) {
            checkCut(new ServerRun(setup, Cuts.OCTETS, true));
        }
    }

    private void checkCut(ServerRun cut) {
        cut.play(NOBODY);
        Check.same(transcript(), cut.transcript(), "the transcript of octets that are cut");
    }

    /** Plays the script to its end, and ends the connection. */
    void play(Listener listener) {
        if (setup.implicitTls()) {
            transport.startTls(FixedTls.POLICY); // the listener begins it, not the session
        }
        transport.begin(session);
        listener.opened(settled(), this);
        for (Script.Act act : setup.script().acts()) {
            switch (act) {
                case Script.Act.Octets(String text) -> {
                    byte[] octets = Check.octets(text);
                    boolean heard = open() && !inputEnded && !handshake();
                    if (heard) {
                        feed(octets);
                    }
                    String answer = settled();
                    listener.octets(heard ? octets : new byte[0], answer, this);
                }
                case Script.Act.Event(char what) -> {
                    happen(what);
                    listener.event(what, settled(), this);
                }
            }
        }
        long kept = Retained.octets(session);
        Check.that(kept <= MOST_KEPT, "the session keeps " + kept + " octets");
        transport.disconnect("over");
        listener.event('X', settled(), this);
        Check.that(!open(), "the session did not end");
        sink.checkEnded();
    }

    private void feed(byte[] octets) {
        int[] turn = {Arrays.hashCode(octets)};
        cuts.of(octets, 0, octets.length, (from, to) -> {
            if (!open() || handshake()) {
                return false;
            }
            transport.feed(Arrays.copyOfRange(octets, from, to));
            if (eager || (turn[0]++ & 3) == 0) {
                settle();
            }
            return true;
        });
    }

    /** Lets something happen that is no octets; before it, all that is due is done. */
    private void happen(char what) {
        settle();
        if (!open()) {
            return;
        }
        switch (what) {
            case 'D' -> {
                if (handshake()) {
                    transport.endHandshake("the handshake took too long");
                } else {
                    transport.advance(transport.deadline().orElse(LONG).plusSeconds(1));
                }
            }
            case 'E' -> {
                if (!inputEnded) {
                    inputEnded = true;
                    transport.endInput();
                }
            }
            case 'S' -> transport.requestStop();
            case 'T' -> {
                if (handshake()) {
                    transport.secure(new FixedTls());
                }
            }
            case 'X' -> transport.disconnect("lost");
            default -> {} // only cuts the octets
        }
    }

    /** Does all that is due. */
    private void settle() {
        int turns = 0;
        boolean more = true;
        while (more) {
            Check.that(++turns < MOST_TURNS, "the session never comes to rest");
            more = transport.offloaded();
            if (more) {
                transport.runOffloaded();
            }
            String octets = transport.take();
            pending.append(octets);
            more |= !octets.isEmpty();
        }
    }

    private String settled() {
        settle();
        String all = pending.toString();
        pending.setLength(0);
        said.add(all);
        return all;
    }
}
