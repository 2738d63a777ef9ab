package org.mailwright.smtp.distribution.control;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.QueueView;

/**
 * A queue as the operator reaches it.
 *
 * @param view what is seen and done
 * @param pages how long lists are read
 * @param content finds the content of a mail
 * @param ways finds the way of a delivery anew
 * @since 0.1.0
 */
public record ControlledQueue(QueueView view, DeliveryPages pages, Function<Message, Body> content, Ways ways) {

    /** Which way a delivery goes. */
    @FunctionalInterface
    public interface Ways {
        /**
         * Finds the lane of a delivery by the configuration that holds now.
         *
         * @return empty where it is to stay where it is
         * @throws IOException when it cannot be found out now
         */
        Optional<LaneName> lane(Delivery delivery) throws IOException;
    }

    /** A view that knows no pages, and what finds a content. */
    public ControlledQueue(QueueView view, Function<Message, Body> content) {
        this(view, DeliveryPages.first(view), content, delivery -> Optional.empty());
    }

    /** A whole queue, whose mail stays on its way. */
    public static ControlledQueue of(MailQueue queue) {
        return of(queue, delivery -> Optional.empty());
    }

    /** A whole queue, and how mail finds its way. */
    public static ControlledQueue of(MailQueue queue, Ways ways) {
        QueueView view = queue.view();
        return new ControlledQueue(view, DeliveryPages.of(view::list), queue::content, ways);
    }
}
