package org.mailwright.smtp.queue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator sees of a {@link MailQueue}, and does to it.
 *
 * @since 0.1.0
 */
public interface QueueView {

    /** One delivery with the mail that it is of. */
    record Entry(Delivery delivery, boolean held) {}

    /**
     * Which deliveries are meant: those that fit every part that is given.
     *
     * @param message id of the mail
     * @param lane the lane
     * @param sender the reverse-path without brackets, without regard to case
     * @param recipient the forward-path without brackets, without regard to case
     */
    record Selection(
            Optional<String> message, Optional<LaneName> lane, Optional<String> sender, Optional<String> recipient) {

        /** Every delivery. */
        public static final Selection ALL =
                new Selection(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** Returns the deliveries of one mail. */
        public static Selection message(String id) {
            return new Selection(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Returns the deliveries of one lane. */
        public static Selection lane(LaneName lane) {
            return new Selection(Optional.empty(), Optional.of(lane), Optional.empty(), Optional.empty());
        }
    }

    /**
     * Returns deliveries, the oldest mail first.
     *
     * @param most how many at most
     */
    default List<Entry> list(Selection selection, int most) throws IOException {
        return list(selection, 0, most);
    }

    /**
     * Returns deliveries in the order of their ids, which is that of their mails' arrival: page by page, however many
     * there are.
     *
     * @param after only those with a greater id: the last of the page before; 0 begins
     * @param most how many at most
     */
    List<Entry> list(Selection selection, long after, int most) throws IOException;

    /** Keeps deliveries from being tried; returns how many it changed. */
    long hold(Selection selection) throws IOException;

    /** Lets held deliveries be tried again, at once; returns how many it changed. */
    long release(Selection selection) throws IOException;

    /** Returns how many deliveries are held. */
    long held(Selection selection) throws IOException;

    /**
     * Removes deliveries without a report. One that is under way may be delivered all the same.
     *
     * @return how many of which mail, by its id
     */
    Map<String, Long> delete(Selection selection) throws IOException;

    /**
     * Makes deliveries due at once, and ends the back-off of their lanes; returns how many it changed. What is due
     * already may be under way: it is not counted, but if the attempt is in vain, it is due at once again.
     */
    long flush(Selection selection) throws IOException;

    /**
     * The same for deliveries that were tried in vain or may be under way; returns how many it changed. Mail that
     * nobody has tried yet stays until its time: its sender may want it so (RFC 4865).
     */
    long retry(Selection selection) throws IOException;

    /**
     * Lets deliveries wait in other lanes, or in the same. Those that were tried in vain are due there at once, those
     * that nobody has tried yet at their time; what is held stays so. Those whose lane is leased are left: they may be
     * under way.
     *
     * @param lanes the new lane of each delivery, by its id
     * @return how many it changed
     */
    long move(Map<Long, LaneName> lanes) throws IOException;

    /** Returns a summary of each lane, the one with most deliveries first. */
    List<LaneSummary> summary() throws IOException;
}
