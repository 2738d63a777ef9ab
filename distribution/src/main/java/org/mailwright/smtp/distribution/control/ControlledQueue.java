package org.mailwright.smtp.distribution.control;

import java.util.function.Function;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.QueueView;

/**
 * A queue as the operator reaches it.
 *
 * @param view what is seen and done
 * @param pages how long lists are read
 * @param content finds the content of a mail
 * @since 0.1.0
 */
public record ControlledQueue(QueueView view, DeliveryPages pages, Function<Message, Body> content) {

    /** A view that knows no pages, and what finds a content. */
    public ControlledQueue(QueueView view, Function<Message, Body> content) {
        this(view, DeliveryPages.first(view), content);
    }

    /** A whole queue. */
    public static ControlledQueue of(MailQueue queue) {
        QueueView view = queue.view();
        return new ControlledQueue(view, DeliveryPages.of(view::list), queue::content);
    }
}
