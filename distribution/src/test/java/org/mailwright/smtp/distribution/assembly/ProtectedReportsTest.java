package org.mailwright.smtp.distribution.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.ext.schedule.FutureReleaseExtension;
import org.mailwright.smtp.ext.schedule.MtPriorityExtension;
import org.mailwright.smtp.ext.tls.RequireTlsExtension;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Priority;
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
    void whatElseWasAskedGoesThroughBothLayers() {
        ReportRequests both = new ProtectedReports(new ScheduledRequests(ReportRequests.USUAL));
        Message message =
                message(REQUIRED.with(MtPriorityExtension.PRIORITY, 9).with(FutureReleaseExtension.REQUEST, "for;60"));
        assertEquals(Priority.URGENT, both.priority(message));
        assertEquals(Optional.of("for;60"), both.futureRelease(message));
        assertEquals(Optional.of(9), both.carries(message).get(MtPriorityExtension.PRIORITY));
        assertTrue(RequireTlsExtension.isRequired(both.carries(message)));
    }

    /** An answer that a layer forgets to pass on would be the default of all. */
    @Test
    void aLayerPassesEveryAnswerOn() {
        List<String> asked = Arrays.stream(ReportRequests.class.getDeclaredMethods())
                .filter(method -> method.isDefault() && !method.isSynthetic())
                .map(Method::getName)
                .sorted()
                .toList();
        List<String> passed = Arrays.stream(RequestsOver.class.getDeclaredMethods())
                .filter(method -> method.isDefault() && !method.isSynthetic())
                .map(Method::getName)
                .sorted()
                .toList();
        assertEquals(asked, passed);
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
