package org.mailwright.smtp.ext.burl;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.ext.content.EightBitMimeExtension;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of this one. */
class BurlContractTest implements ExtensionContract {

    @Override
    public Extension extension() {
        return new BurlExtension(BurlConfig.DEFAULT.with(
                "imap.example.test",
                new ImapServer("127.0.0.1", 1, ImapServer.Security.STARTTLS, Optional.empty(), "submit", "x", false)));
    }

    @Override
    public List<Extension> beside() {
        return List.of(new EightBitMimeExtension());
    }

    @Override
    public ExtensionSamples samples() {
        return ExtensionSamples.none().verbInMail("BURL imap://joe@imap.example.test/INBOX/;uid=1 LAST", 530);
    }

    @Override
    public Role role() {
        return Role.SUBMISSION;
    }
}
