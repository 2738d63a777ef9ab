package org.mailwright.smtp.distribution.command;

import java.util.function.Consumer;
import org.mailwright.smtp.distribution.text.Visible;

/**
 * How a session between two other hosts came to its end: in order, when the sender said QUIT, or the receiver took
 * leave. An end of the connection alone says nothing: it may stand in the middle of a mail.
 */
final class Ending {
    private static final String LEAVE = "221";
    private static final String GOING = "421";
    private static final String CONTENT_FOLLOWS = "354";
    private static final String TAKES = "the server that takes the mail";

    private final LastLine sender = new LastLine();
    private final LastLine receiver = new LastLine();
    private final Consumer<String> over;

    /**
     * Begins.
     *
     * @param over told why it ended; "" for an end in order
     */
    Ending(Consumer<String> over) {
        this.over = over;
    }

    /** What the sender says. */
    LastLine sender() {
        return sender;
    }

    /** What the receiver says. */
    LastLine receiver() {
        return receiver;
    }

    /** The sender's connection is over. */
    void senderEnded(String why) {
        // one that is told 421 may be gone before the other, who said it
        String who = receiver.text().startsWith(GOING) ? TAKES : "the server that keeps the mail";
        over.accept(inOrder() ? "" : cut(who, why));
    }

    /** The receiver's connection is over. When it took leave, the sender's goes on until that is passed on. */
    void receiverEnded(String why) {
        if (!inOrder()) {
            over.accept(cut(TAKES, why));
        }
    }

    /** There will be no session, or no more of it. */
    void failed(String why) {
        over.accept(why);
    }

    private String cut(String who, String why) {
        return who + " ended the connection before all was said" + because(why);
    }

    private boolean inOrder() {
        return receiver.text().startsWith(LEAVE)
                || (sender.text().equalsIgnoreCase("QUIT") && !receiver.text().startsWith(CONTENT_FOLLOWS));
    }

    /** A receiver that has to end says so before: 421 and why. */
    private String because(String why) {
        String reply = receiver.text();
        String known = reply.startsWith("4") || reply.startsWith("5") ? reply : why;
        return known.isEmpty() ? "" : ": " + Visible.text(known);
    }
}
