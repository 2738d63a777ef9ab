package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.ext.tls.TestKeys.Kind;

class ServerIdentityTest {

    @ParameterizedTest
    @CsvSource({
        "mx.example.test, mx.example.test, true",
        "mx.example.test, mx2.example.test, false",
        "*.example.test, mx.example.test, true",
        "*.example.test, example.test, false",
        "*.example.test, a.mx.example.test, false",
        "*.example.test, .example.test, false",
        "m*.example.test, mx.example.test, false",
        "*.test, example.test, false",
        "*, localhost, false",
        "mx.*.test, mx.example.test, false",
    })
    void wildcardsStandForOneLeftMostLabel(String presented, String host, boolean expected) {
        assertEquals(expected, ServerIdentity.matchesDns(presented, host));
    }

    @Test
    void namesAndAddressesAreNeverMistakenForEachOther() throws Exception {
        X509Certificate certificate = new TestKeys()
                .selfSigned(Kind.EC, "CN=cn.test", "MX.example.test", "192.0.2.1", "2001:db8::1")
                .certificate();
        assertTrue(ServerIdentity.matches(certificate, "mx.example.test"));
        assertTrue(ServerIdentity.matches(certificate, "192.0.2.1"));
        assertTrue(ServerIdentity.matches(certificate, "2001:DB8:0:0::1"));
        assertFalse(ServerIdentity.matches(certificate, "192.0.2.2"));
        assertFalse(ServerIdentity.matches(certificate, "999.0.2.1"));
        assertFalse(ServerIdentity.matches(certificate, "cn.test"));
        assertEquals("mx.example.test, 192.0.2.1, 2001:db8:0:0:0:0:0:1", ServerIdentity.describe(certificate));
    }

    @Test
    void hostsAreComparedAsLowerCaseALabels() {
        assertEquals("xn--bcher-kva.test", ServerIdentity.canonical("BÜCHER.test."));
        assertEquals("xn--strae-oqa.test", ServerIdentity.canonical("straße.test"));
        assertEquals("smtp_out.mx.test", ServerIdentity.canonical("SMTP_out.MX.test"));
        assertEquals("2001:db8::1", ServerIdentity.canonical("2001:db8::1"));
    }

    @Test
    void aCertificateCannotWriteIntoTheLog() throws Exception {
        X509Certificate hostile = new TestKeys()
                .selfSigned(Kind.EC, "CN=x", "a\r\nforged", "b", "c", "d", "e", "f")
                .certificate();
        assertEquals("a??forged, b, c, d, e and others", ServerIdentity.describe(hostile));
    }
}
