package org.mailwright.smtp.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What a {@link ScriptedPeer} does where a well-behaved server would answer.
 *
 * @since 0.1.0
 */
public sealed interface PeerAction {

    /** Sends these octets, one per char, whatever they are. */
    record Send(String octets) implements PeerAction {}

    /** Sends these octets, one per char, each in a packet of its own. */
    record Trickle(String octets) implements PeerAction {}

    /** Sends these octets, one per char, again and again, so many times, or until the other side goes away. */
    record Flood(String octets, int times) implements PeerAction {}

    /** Does nothing for a while. */
    record Pause(Duration time) implements PeerAction {}

    /** Does nothing until a test counts the latch down, or the peer is closed. */
    record Await(CountDownLatch latch) implements PeerAction {}

    /** Closes the connection. */
    record Close() implements PeerAction {}

    /** Resets the connection: what was sent may be lost on the way. */
    record Reset() implements PeerAction {}

    /** Does what a well-behaved server does, with the reply that it gives. */
    record Behave() implements PeerAction {}

    /** Does one after the other. */
    record All(List<PeerAction> actions) implements PeerAction {}

    /** Sends a line; CRLF is added. Several lines are separated by CRLF within the text. */
    static PeerAction say(String lines) {
        return raw(lines + "\r\n");
    }

    /** Sends octets as they are, one per char. */
    static PeerAction raw(String octets) {
        return new Send(octets);
    }

    /** Sends a line octet by octet; CRLF is added. */
    static PeerAction trickle(String line) {
        return new Trickle(line + "\r\n");
    }

    /** Sends octets, one per char, so many times. */
    static PeerAction flood(String octets, int times) {
        return new Flood(octets, times);
    }

    /** Does nothing for a while. */
    static PeerAction pause(Duration time) {
        return new Pause(time);
    }

    /** Never answers: does nothing until the peer is closed. */
    static PeerAction stall() {
        return new Await(new CountDownLatch(1));
    }

    /** Does nothing until a test counts the latch down. */
    static PeerAction await(CountDownLatch latch) {
        return new Await(latch);
    }

    /** Closes the connection. */
    static PeerAction close() {
        return new Close();
    }

    /** Resets the connection. */
    static PeerAction reset() {
        return new Reset();
    }

    /** Does what a well-behaved server does. */
    static PeerAction behave() {
        return new Behave();
    }

    /** Does one after the other. */
    static PeerAction all(PeerAction... actions) {
        return new All(List.of(actions));
    }
}
