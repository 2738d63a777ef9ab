package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;

class TlsRequiredTest {

    private static final String NO = "TLS-Required: No\r\n\r\nx\r\n";

    private static byte[] octets(String content) {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static OutgoingMail mail(Body body) {
        return OutgoingMail.of(ReversePath.parse("<a@s.test>"), List.of(ForwardPath.parse("<b@d.test>")), body);
    }

    private static boolean optional(String content) throws IOException {
        return RequireTlsExtension.isOptional(mail(Body.of(octets(content))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NO,
                "tls-required:no\r\n\r\nx",
                "Subject: x\nTLS-REQUIRED: NO \n\nx",
                "Subject: x\r\n y\r\nTLS-Required:\r\n\tNo\r\nX: TLS-Required: Yes\r\n\r\nx",
                "TLS-Required: No",
            })
    void isSaid(String content) throws Exception {
        assertTrue(optional(content));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\nTLS-Required: No\r\n",
                "Subject: x\r\n TLS-Required: No\r\n\r\nx",
                "X-TLS-Required: No\r\n\r\nx",
                "TLS-Required: Yes\r\n\r\nx",
                "TLS-Required: None\r\n\r\nx",
                "TLS-Required: No\r\n and more\r\n\r\nx",
                "TLS-Required: No\r\nTLS-Required: No\r\n\r\nx",
                "TLS-Required: No\r\nTo: x\r\ntls-required: Yes\r\n\r\nx",
            })
    void isNotSaid(String content) throws Exception {
        assertFalse(optional(content));
    }

    @Test
    void theParameterOfMailOutweighsIt() throws Exception {
        OutgoingMail required =
                mail(Body.of(octets(NO))).withAttributes(Attributes.EMPTY.with(RequireTlsExtension.REQUIRED, true));
        assertFalse(RequireTlsExtension.isOptional(required));
    }

    @Test
    void aContentThatCanBeReadOnceIsLeftAlone() throws Exception {
        ByteArrayInputStream once = new ByteArrayInputStream(octets(NO));
        assertFalse(RequireTlsExtension.isOptional(mail(Body.once(OptionalLong.empty(), once))));
        assertEquals(NO.length(), once.available());
        Body broken = Body.of(OptionalLong.empty(), () -> {
            throw new IOException("gone");
        });
        assertThrows(IOException.class, () -> RequireTlsExtension.isOptional(mail(broken)));
    }
}
