package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.ext.tls.RequireTlsExtension;
import org.mailwright.smtp.relay.MailDemands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What mails say of TLS themselves (RFC 8689). */
record RelayDemands(boolean heedNo) implements MailDemands {

    private static final Logger LOG = LoggerFactory.getLogger(RelayDemands.class);

    static MailDemands of(Installed installed, boolean heedNo) {
        return installed.has(Bundled.REQUIRE_TLS) ? new RelayDemands(heedNo) : MailDemands.NONE;
    }

    /** Reports are not to be lost for it (§4.2.1, §5). */
    @Override
    public boolean verifiedTls(OutgoingMail mail) {
        return RequireTlsExtension.isRequired(mail.attributes()) && !(mail.reversePath() instanceof NullPath);
    }

    @Override
    public boolean ratherVerifiedTls(OutgoingMail mail) {
        return RequireTlsExtension.isRequired(mail.attributes()) && mail.reversePath() instanceof NullPath;
    }

    @Override
    public boolean optionalTls(OutgoingMail mail) {
        try {
            return heedNo && RequireTlsExtension.isOptional(mail);
        } catch (IOException e) {
            LOG.warn("Cannot read the header of a mail, so it is sent as usual: {}", e.getMessage());
            return false;
        }
    }
}
