package org.mailwright.smtp.distribution.assembly;

import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.ext.tls.RequireTlsExtension;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.report.ReportRequests;

/** What senders asked of reports, but that one of a mail that requires TLS requires it too (RFC 8689 §5). */
record ProtectedReports(ReportRequests usual) implements RequestsOver {

    static ReportRequests of(Installed installed, ReportRequests usual) {
        return installed.has(Bundled.REQUIRE_TLS) ? new ProtectedReports(usual) : usual;
    }

    private static boolean isProtected(Message message) {
        return RequireTlsExtension.isRequired(message.attributes());
    }

    @Override
    public Attributes carries(Message message) {
        Attributes carried = usual.carries(message);
        return isProtected(message) ? carried.with(RequireTlsExtension.REQUIRED, true) : carried;
    }

    /** As if RET=HDRS had been said, whatever was. */
    @Override
    public boolean returnsFull(Message message) {
        return !isProtected(message) && usual.returnsFull(message);
    }
}
