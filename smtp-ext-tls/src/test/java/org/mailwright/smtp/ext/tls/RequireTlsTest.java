package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** The server half; the client half is tested against servers whose TLS is real, where mail is relayed. */
class RequireTlsTest {

    @TempDir
    Path folder;

    private Extension starttls() throws IOException {
        return StartTlsExtension.server(
                TlsServerContext.open(TlsServerConfig.of(new KeySource.SelfSigned(folder, "mx.test"))));
    }

    @TranscriptTest("requiretls.smtp")
    void isOfferedInsideTls(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(TestService.mx(starttls(), new RequireTlsExtension()));
        assertEquals(
                List.of(true, true, false),
                mails.stream()
                        .map(mail ->
                                RequireTlsExtension.isRequired(mail.envelope().attributes()))
                        .toList());
    }

    @TranscriptTest("requiretls-missing.smtp")
    void isGoneWhenItIsAway(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx(starttls())));
    }

    @Test
    void isFoundAndOnNoListenerThatDoesNotNameIt() {
        List<String> found = ServiceLoader.load(Extension.class).stream()
                .map(each -> each.get().id())
                .toList();
        assertEquals(List.of("REQUIRETLS"), found);
        for (Role role : Role.values()) {
            assertFalse(new RequireTlsExtension().defaultRoles().contains(role), role.toString());
        }
    }

    @Nested
    class Contract implements ExtensionContract {
        @Override
        public Extension extension() {
            return new RequireTlsExtension();
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none().mail("REQUIRETLS").wrongMail("REQUIRETLS=1");
        }

        @Override
        public boolean insideTls() {
            return true;
        }

        /** The peers of the contract have no TLS, so that such a mail goes to none of them. */
        @Test
        @Override
        public void sendsParametersToPeersThatOfferThem() {
            AssertionError nothing =
                    assertThrows(AssertionError.class, ExtensionContract.super::sendsParametersToPeersThatOfferThem);
            assertTrue(nothing.toString().contains("was said []"), nothing.toString());
        }
    }
}
