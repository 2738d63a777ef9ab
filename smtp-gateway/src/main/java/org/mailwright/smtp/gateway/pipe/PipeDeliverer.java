package org.mailwright.smtp.gateway.pipe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.gateway.pipe.PipeProcess.End;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands mail to a program, one process per recipient: the mail on standard input, the envelope in its arguments. How
 * many run at the same time is the lane's policy.
 *
 * <p>Exit statuses are those of {@code sysexits.h}: 0 accepts the mail; EX_DATAERR (65), EX_NOUSER (67), EX_NOHOST
 * (68), EX_UNAVAILABLE (69) and EX_NOPERM (77) refuse it, and so does a status that nobody defined; the others
 * (EX_USAGE, EX_NOINPUT, EX_SOFTWARE, EX_OSERR, EX_OSFILE, EX_CANTCREAT, EX_IOERR, EX_TEMPFAIL, EX_PROTOCOL, EX_CONFIG,
 * 126 and 127 of shells, death by a signal) are for the operator to mend or for time to heal: the mail is tried again.
 * The first line of its output goes into the reply; an enhanced status code at its beginning, such as 5.7.1, too.
 *
 * @since 0.1.0
 */
public final class PipeDeliverer implements Deliverer {
    private static final Logger LOG = LoggerFactory.getLogger(PipeDeliverer.class);
    private static final Reply NOT_OURS = Reply.of(451, "4.3.2", "Another server may be delivering the mail");
    private static final Reply STOPPED = Reply.of(451, "4.3.2", "The server stops; tried again later");
    private static final Reply UNREADABLE = Reply.of(451, "4.3.0", "The mail cannot be read; tried again later");
    private static final Reply NOT_STARTED = Reply.of(451, "4.3.5", "The program cannot be started");
    private static final Reply TOO_LONG = Reply.of(451, "4.3.0", "The program took too long and was ended");
    private static final Reply LOOP = Reply.of(554, "5.4.6", "The mail was delivered to this address before: it loops");

    private final PipeConfig config;
    private final List<ArgumentTemplate> arguments;

    /** A deliverer to such a program. */
    public PipeDeliverer(PipeConfig config) {
        this.config = config;
        this.arguments = config.command().stream().map(ArgumentTemplate::new).toList();
    }

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        List<DeliveryResult> results = new ArrayList<>();
        boolean stopped = false;
        for (Recipient recipient : request.recipients()) {
            try {
                results.add(DeliveryResult.local(stopped ? refused(STOPPED) : one(request, recipient)));
            } catch (InterruptedException e) {
                if (results.stream().noneMatch(result -> result.outcome().isAccepted())) {
                    throw e;
                }
                // what was delivered has to be settled, lest it be delivered again
                stopped = true;
                results.add(DeliveryResult.local(refused(STOPPED)));
            }
        }
        if (stopped) {
            Thread.currentThread().interrupt();
        }
        return results;
    }

    private Outcome one(DeliveryRequest request, Recipient recipient) throws InterruptedException {
        PipeAddress address = new PipeAddress(recipient.path(), request.reversePath(), config);
        Map<String, String> values = address.values(request.message());
        List<String> command = new ArrayList<>();
        for (ArgumentTemplate argument : arguments) {
            Optional<String> filled = argument.fill(values);
            Optional<Reply> fault = filled.map(PipeAddress::unwritable)
                    .orElseGet(() -> Optional.of(PipeAddress.option(argument.beginsWith("sender"))));
            if (fault.isPresent()) {
                return new Outcome.Refused(fault.get(), Moment.PREPARE);
            }
            filled.ifPresent(command::add);
        }
        try {
            if (config.deliveredTo() && address.deliveredBefore(request.content())) {
                return new Outcome.Refused(LOOP, Moment.PREPARE);
            }
        } catch (IOException e) {
            LOG.warn("mail {}: {}", request.message().id(), e.toString());
            return refused(UNREADABLE);
        }
        if (!request.stillOurs().getAsBoolean()) {
            return new Outcome.Failed(NOT_OURS, Moment.PREPARE);
        }
        PipeProcess process;
        try {
            process = PipeProcess.start(config, command);
        } catch (IOException e) {
            LOG.warn("mail {}: {} cannot be started: {}", request.message().id(), command.get(0), e.getMessage());
            return new Outcome.Failed(NOT_STARTED, Moment.CONNECT);
        }
        return outcome(process.run(
                new MailInput(address.fields(), request.content(), config.lineEnds(), request.stillOurs()),
                config.timeout()));
    }

    private static Outcome outcome(End end) {
        return switch (end) {
            case End.Exited exited -> {
                Reply reply = ExitStatus.reply(exited.status(), exited.said());
                yield reply.isPositive() ? new Outcome.Accepted(reply) : refused(reply);
            }
            case End.TimedOut late when late.readAll() -> new Outcome.Unknown(TOO_LONG);
            case End.TimedOut late -> refused(TOO_LONG);
            case End.CutOff cut
            when cut.why() == MailInput.Written.NOT_OURS -> new Outcome.Failed(NOT_OURS, Moment.CONTENT);
            case End.CutOff cut -> refused(UNREADABLE);
        };
    }

    private static Outcome refused(Reply reply) {
        return new Outcome.Refused(reply, Moment.CONTENT);
    }
}
