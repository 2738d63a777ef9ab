package org.mailwright.smtp.ext.auth.scram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Gs2HeaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"n,,", "y,,", "p=tls-exporter,,", "n,a=alice,", "p=tls-server-end-point,a=a=2Cb=3Dc,"})
    void readsWhatItWrites(String text) {
        Gs2Header.Parsed parsed = Gs2Header.parse(text + "n=x,r=y").orElseThrow();
        assertEquals(text, parsed.text());
        assertEquals("n=x,r=y", parsed.rest());
        assertEquals(text, parsed.header().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "n",
                "n,",
                "n,x",
                "x,,",
                "p,,",
                "p=,,",
                "p=a b,,",
                "N,,",
                "n,a=,",
                "n,b=x,",
                "n,a==2,",
                "n,a=x=2c,",
                "F,n,,"
            })
    void refusesOtherTexts(String text) {
        assertTrue(Gs2Header.parse(text).isEmpty());
    }

    @Test
    void unescapesNamesExactly() {
        assertEquals(Optional.of("a,b=c"), SaslName.decode("a=2Cb=3Dc"));
        assertEquals(Optional.empty(), SaslName.decode("a=2cb"));
        assertEquals(Optional.empty(), SaslName.decode("a="));
        assertEquals(Optional.empty(), SaslName.decode("a,b"));
        assertEquals(Optional.empty(), SaslName.decode(""));
        assertEquals("a=3D2C", SaslName.encode("a=2C"));
    }

    @Test
    void splitsAttributesStrictly() {
        assertTrue(ScramAttributes.parse("r=x,,s=y").isEmpty());
        assertTrue(ScramAttributes.parse("r=x,1=y").isEmpty());
        assertTrue(ScramAttributes.parse("rx").isEmpty());
        ScramAttributes attributes = ScramAttributes.parse("r=a b,s=QQ==,i=AQ").orElseThrow();
        assertTrue(attributes.nonceAt(0).isEmpty());
        assertTrue(attributes.octetsAt(1, 's').isPresent());
        assertTrue(attributes.octetsAt(2, 'i').isEmpty(), "base64 without its padding");
        assertTrue(attributes.at(3, 'x').isEmpty());
    }
}
