package org.mailwright.smtp.distribution.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.ext.tls.RequireTlsExtension;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Provenance;
import org.mailwright.smtp.queue.report.ReportRequests;

/** What mails that require TLS, or that do not, ask of their reports and of their way. */
class ProtectedReportsTest {

    private static final Attributes REQUIRED = Attributes.EMPTY.with(RequireTlsExtension.REQUIRED, true);

    private final ReportRequests requests = new ProtectedReports(ReportRequests.USUAL);

    private static OutgoingMail mail(String from, Attributes attributes) {
        byte[] content = "TLS-Required: No\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);
        return OutgoingMail.of(ReversePath.parse(from), List.of(ForwardPath.parse("<b@d.test>")), Body.of(content))
                .withAttributes(attributes);
    }

    @Test
    void theReportOfAMailThatRequiresTlsRequiresItAndHoldsTheHeaderAlone() {
        Message message = message(REQUIRED);
        assertEquals(REQUIRED, requests.carries(message));
        assertFalse(requests.returnsFull(message));
    }

    @Test
    void otherReportsAreAsUsual() {
        Message message = message(Attributes.EMPTY);
        assertEquals(Attributes.EMPTY, requests.carries(message));
        assertTrue(requests.returnsFull(message));
    }

    @Test
    void whatAMailDemandsIsNotDemandedForAReport() {
        RelayDemands demands = new RelayDemands(true);
        assertTrue(demands.verifiedTls(mail("<a@s.test>", REQUIRED)));
        assertFalse(demands.verifiedTls(mail("<>", REQUIRED)));
        assertFalse(demands.verifiedTls(mail("<a@s.test>", Attributes.EMPTY)));
    }

    @Test
    void theHeaderFieldIsHeededUnlessTheConfigurationSaysNo() {
        OutgoingMail plain = mail("<a@s.test>", Attributes.EMPTY);
        assertTrue(new RelayDemands(true).optionalTls(plain));
        assertFalse(new RelayDemands(false).optionalTls(plain));
        assertFalse(new RelayDemands(true).optionalTls(mail("<a@s.test>", REQUIRED)));
    }

    private static Message message(Attributes attributes) {
        return new Message(
                "1",
                ReversePath.parse("<a@s.test>"),
                attributes,
                Provenance.local("test"),
                Instant.EPOCH,
                Instant.MAX,
                1);
    }
}
