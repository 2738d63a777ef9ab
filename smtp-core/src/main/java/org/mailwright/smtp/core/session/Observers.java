package org.mailwright.smtp.core.session;

import java.util.List;
import java.util.function.Consumer;
import org.mailwright.smtp.core.extension.Observer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who watch a session. What one of them throws is logged, and neither the session nor the others notice. */
record Observers(String session, List<Observer> all) {

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    void tell(Consumer<Observer> event) {
        for (Observer observer : all) {
            try {
                event.accept(observer);
            } catch (RuntimeException | Error bug) {
                LOG.error("{} observer {} failed", session, observer.getClass().getName(), bug);
            }
        }
    }
}
