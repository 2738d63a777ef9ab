package org.mailwright.smtp.queue.intake;

import java.util.Optional;
import java.util.function.Supplier;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses mails at MAIL, with 452 4.3.1, as long as the queue cannot take any: before anybody has sent a content that
 * will not be kept.
 *
 * @since 0.1.0
 */
public final class PressureGate implements Extension {
    /** How a listener names it. */
    public static final String ID = "PRESSURE";

    private static final Logger LOG = LoggerFactory.getLogger(PressureGate.class);
    private static final int ORDER = -900;
    private static final Reply FULL = Reply.of(452, "4.3.1", "No room for mail now; try again later");

    private final Supplier<Optional<String>> pressure;

    /**
     * A gate.
     *
     * @param pressure says why no mail can be taken now, without I/O, as {@code MailQueue.pressure()} does
     */
    public PressureGate(Supplier<Optional<String>> pressure) {
        this.pressure = pressure;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void server(ServerSide side) {
        side.gate(Stage.MAIL, ORDER, (Gate<Stage.MailRequest> & NonBlocking) this::verdict);
    }

    private Verdict verdict(SessionView session, Stage.MailRequest request) {
        Optional<String> why = pressure.get();
        if (why.isEmpty()) {
            return Verdict.pass();
        }
        LOG.debug("{} no mail is taken: {}", session.id(), why.get());
        return Verdict.refuse(FULL);
    }
}
