package org.mailwright.smtp.distribution.control;

import java.io.IOException;
import java.util.List;
import org.mailwright.smtp.queue.QueueView;
import org.mailwright.smtp.queue.QueueView.Entry;
import org.mailwright.smtp.queue.QueueView.Selection;

/**
 * Reads a long list of deliveries page by page, so that it is never whole in memory.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DeliveryPages {
    /** Most deliveries of one page. */
    int PAGE = 500;

    /** Most deliveries that are read where there are no pages: some ten megabytes. */
    int WINDOW = 20_000;

    /** What stands behind a page. */
    enum Rest {
        /** Nothing. */
        NONE,
        /** Another page. */
        PAGE,
        /** More than can be reached. */
        OUT_OF_REACH
    }

    /** Some deliveries, and what stands behind them. */
    record Page(List<Entry> entries, Rest rest) {}

    /** Reads deliveries in the order of their ids. */
    @FunctionalInterface
    interface Query {
        /**
         * Returns deliveries with an id greater than {@code after}, the smallest first.
         *
         * @param most how many at most
         */
        List<Entry> list(Selection selection, long after, int most) throws IOException;
    }

    /**
     * Returns the next page.
     *
     * @param after id of the last delivery of the page before; 0 before the first
     * @param most how many at most
     */
    Page next(Selection selection, long after, long most) throws IOException;

    /** Pages of a query that can begin anywhere. */
    static DeliveryPages of(Query query) {
        return (selection, after, most) -> {
            int wanted = (int) Math.min(most, PAGE);
            return page(query.list(selection, after, wanted + 1), wanted, Rest.PAGE);
        };
    }

    /** One page, with as many deliveries as memory allows; the others are reached by selecting fewer. */
    static DeliveryPages first(QueueView view) {
        return (selection, after, most) -> {
            int wanted = (int) Math.min(most, WINDOW);
            return page(view.list(selection, wanted + 1), wanted, Rest.OUT_OF_REACH);
        };
    }

    private static Page page(List<Entry> found, int wanted, Rest behind) {
        return found.size() > wanted ? new Page(found.subList(0, wanted), behind) : new Page(found, Rest.NONE);
    }
}
