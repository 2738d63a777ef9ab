package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.util.List;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.ext.content.BodyType;
import org.mailwright.smtp.ext.content.mime.Conversion;
import org.mailwright.smtp.ext.content.mime.Target;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneName;

/**
 * Encodes binary mails for what knows lines only and writes their ends anew: no octet of such a mail may be lost (RFC
 * 3030 §3). One that cannot be encoded, because it is signed, goes back to its sender.
 */
record BinaryContent(Deliverer deliverer) implements Deliverer {

    private static final Conversion TO_LINES = new Conversion(Target.EIGHT_BIT, false);
    private static final Reply UNREADABLE = Reply.of(451, "4.3.0", "The mail cannot be read; tried again later");

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        boolean binary = request.message()
                .attributes()
                .get(BodyType.KEY)
                .filter(BodyType.BINARY_MIME::equals)
                .isPresent();
        if (!binary) {
            return deliverer.deliver(request);
        }
        Body lines;
        try {
            lines = TO_LINES.of(request.content());
        } catch (SmtpException e) {
            return refused(request, e.reply());
        } catch (IOException e) {
            return refused(request, UNREADABLE);
        }
        return deliverer.deliver(new DeliveryRequest(
                request.message(),
                request.lane(),
                request.reversePath(),
                request.recipients(),
                lines,
                request.stillOurs()));
    }

    private static List<DeliveryResult> refused(DeliveryRequest request, Reply reply) {
        return DeliveryResult.all(request, DeliveryResult.local(new Outcome.Refused(reply, Moment.CONTENT)));
    }

    @Override
    public boolean waits(LaneName lane) {
        return deliverer.waits(lane);
    }

    @Override
    public void close() {
        deliverer.close();
    }
}
