package org.mailwright.smtp.ext.content.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.reply.SmtpException;

class ConversionTest {

    private static final Conversion SEVEN = new Conversion(Target.SEVEN_BIT, true);

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static String converted(Conversion conversion, String mail) throws Exception {
        Body streamed = Body.of(OptionalLong.empty(), () -> new ByteArrayInputStream(octets(mail)));
        try (InputStream one = conversion.of(streamed).open();
                InputStream other = conversion.of(Body.of(octets(mail))).open()) {
            String once = text(one.readAllBytes());
            assertEquals(once, text(other.readAllBytes()));
            return once;
        }
    }

    private static String refused(String mail) {
        return assertThrows(SmtpException.class, () -> SEVEN.of(Body.of(octets(mail))))
                .reply()
                .toString();
    }

    /** Returns the decoded leaves, as another implementation reads them. */
    private static List<String> leaves(String mail) throws Exception {
        List<String> leaves = new ArrayList<>();
        collect(
                new MimeMessage(
                        jakarta.mail.Session.getInstance(new Properties()), new ByteArrayInputStream(octets(mail))),
                leaves);
        return leaves;
    }

    private static void collect(Part part, List<String> leaves) throws Exception {
        if (part.isMimeType("multipart/*")) {
            MimeMultipart parts = (MimeMultipart) part.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                collect(parts.getBodyPart(i), leaves);
            }
        } else if (part.isMimeType("message/rfc822")) {
            collect((Part) part.getContent(), leaves);
        } else {
            leaves.add(part.getContentType() + ": " + text(part.getInputStream().readAllBytes()));
        }
    }

    private static final String MIXED = """
        From: a@client.example
        MIME-Version: 1.0
        Content-Type: multipart/mixed;
        \tboundary="=_1"
        Content-Transfer-Encoding: 8bit

        This is seen by nobody.
        --=_1
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Gr\u00c3\u00bc\u00c3\u009fe = \u00c3\u00bc \t
        second line
        --=_1
        Content-Type: text/plain

        .plain
        --=_1
        Content-Type: multipart/alternative; boundary=two

        --two
        Content-Type: application/octet-stream
        Content-Transfer-Encoding: 8bit

        \u00ff\u00fe\u00fd
        --two
        Content-Type: text/html; charset=iso-2022-jp

        <p>x</p>
        --two--
        --=_1
        Content-Type: message/rfc822
        Content-Transfer-Encoding: 8bit

        Subject: inner
        Content-Type: text/plain; charset=iso-8859-1

        inner \u00fc
        --=_1
        Content-Type: multipart/signed; boundary=s; protocol="x/y"

        --s
        Content-Type: text/plain

        signed text \s
        --s
        Content-Type: x/y

        signature
        --s--
        --=_1--
        epilogue
        """.replace("\n", "\r\n");

    @Test
    void keepsWhatEachPartStandsFor() throws Exception {
        String result = converted(SEVEN, MIXED);
        assertTrue(result.chars().allMatch(octet -> octet < 128), result);
        assertEquals(leaves(MIXED), leaves(result));
        assertTrue(result.contains("Gr=C3=BC=C3=9Fe =3D =C3=BC =09\r\nsecond line"), result);
        assertTrue(result.contains("This is seen by nobody.\r\n--=_1\r\n"), result);
        assertTrue(result.contains("\r\n--=_1--\r\nepilogue\r\n"), result);
        assertTrue(result.contains("boundary=\"=_1\"\r\nContent-Transfer-Encoding: 7bit\r\n"), result);
        assertTrue(result.contains("message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\n"), result);
        assertTrue(result.contains("--s\r\nContent-Type: text/plain\r\n\r\nsigned text  \r\n--s\r\n"), result);
        assertFalse(result.contains("8bit"), result);
    }

    @Test
    void leavesAloneWhatFits() throws Exception {
        String plain = MIXED.replaceAll("[\u0080-\u00ff]", "x");
        assertEquals(plain, converted(SEVEN, plain));
        assertEquals(MIXED, converted(new Conversion(Target.EIGHT_BIT, true), MIXED));
    }

    @Test
    void encodesTextThatIsHardlyUsAsciiInBase64() throws Exception {
        String head = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n";
        String result = converted(SEVEN, head + "\u00c1\u00c2\u00c3\n\u00c4\u00c5");
        assertTrue(result.contains("\r\nContent-Transfer-Encoding: base64\r\n\r\nwcLDDQrExQ==\r\n"), result);
    }

    @Test
    void leavesOutUnseenTextThatDoesNotFit() throws Exception {
        String result = converted(SEVEN, MIXED.replace("nobody", "n\u00f6body").replace("epilogue", "\u00ff"));
        assertTrue(result.contains("\r\n\r\n\r\n--=_1\r\n"), result);
        assertFalse(result.contains("body."), result);
        assertEquals(leaves(MIXED), leaves(result));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: \u00fc||x|",
                "Content-Type: multipart/signed; boundary=b||--b||\u00fc|--b--|",
                "Content-Type: multipart/mixed; boundary=b||--b|Content-Type: (c) Multipart/Signed; b=c||\u00fc|--b--",
                "Content-Type: message/partial; id=1; number=1||\u00fc|",
                "Content-Transfer-Encoding: base64||\u00fc|",
                "Content-Transfer-Encoding: x-uu||\u00fc|",
                "Content-Type: multipart/mixed; boundary=b||--b|Content-Disposition: x; filename=\u00fc||--b--"
            })
    void refusesWhatNobodyMayChange(String lines) {
        String mail = lines.replace("|", "\r\n");
        assertTrue(refused(mail).startsWith("554 5.6.3 The content does not fit"), () -> refused(mail));
    }

    @Test
    void refusesWhatIsTooMuch() {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        assertTrue(refused(deep + "\r\n\u00fc").contains("too many parts"));
        String many = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(10_010);
        assertTrue(refused(many + "--b\r\n\r\n\u00fc").contains("too many parts"));
        assertTrue(refused("A: " + "x".repeat(70_000) + "\r\n\r\n\u00fc").contains("structure"));
        assertTrue(refused("A: x\r\n".repeat(60_000) + "\r\n\u00fc").contains("structure"));
        String mails = "Content-Type: message/rfc822\r\n\r\n".repeat(300);
        assertTrue(refused(mails + "\u00fc").contains("too many parts"));
    }

    @Test
    void takesBinaryOctetsApart() throws Exception {
        String mail = """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b
            Content-Transfer-Encoding: binary

            --b
            Content-Type: image/png
            Content-Transfer-Encoding: binary

            \0\u00ff|\r
            .

            --b
            Content-Type: text/plain
            Content-Transfer-Encoding: binary

            \u00fc
            .
            bare|end
            --b
            Content-Type: text/plain; charset=x
            Content-Transfer-Encoding: binary

            \u00fc

            --b--
            """.replace("\n", "\r\n").replace('|', '\n');
        for (Target target : Target.values()) {
            String result = converted(new Conversion(target, false), mail);
            assertEquals(leaves(mail), leaves(result));
            assertFalse(result.contains("binary"), result);
            assertTrue(result.contains("base64\r\n\r\nAP8KDQ0KLg0K\r\n"), result);
            assertTrue(result.contains(".\r\nbare=0Aend"), result);
            assertEquals(target == Target.EIGHT_BIT, result.contains("8bit\r\n\r\n\u00fc\r\n"));
        }
    }

    @Test
    void survivesAnyOctets() throws Exception {
        Random random = new Random(6152);
        String alphabet = "\r\n\r\n--b--b \t=.ax\u00fc\0";
        for (int i = 0; i < 500; i++) {
            StringBuilder body = new StringBuilder();
            for (int k = random.nextInt(400); k > 0; k--) {
                body.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String mail = "MIME-Version: 1.0\r\nContent-Type: application/x\r\n\r\n" + body;
            String result = converted(new Conversion(Target.SEVEN_BIT, false), mail);
            assertEquals(leaves(mail), leaves(result));
            String part = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + body;
            String parts = converted(SEVEN, part + "\u00fc\r\n--b--\r\n");
            assertTrue(parts.chars().allMatch(octet -> octet < 128), parts);
            assertTrue(parts.lines().allMatch(line -> line.length() <= 400), parts);
        }
    }

    @Test
    void keepsLinesOfQuotedPrintableShort() throws Exception {
        String body = ("\u00fc" + "x".repeat(10)).repeat(1000) + " \r\n" + "a ".repeat(500) + "\r\n";
        String head = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n";
        String result = converted(SEVEN, head + body);
        assertTrue(result.lines().allMatch(line -> line.length() <= 76), result);
        assertTrue(result.lines().noneMatch(line -> line.endsWith(" ")), result);
        assertEquals(leaves(head + body), leaves(result));
    }

    /** A mail of 300 MB passes without being held. */
    @Test
    void holdsNoLargeMail() throws Exception {
        byte[] head = octets("MIME-Version: 1.0\r\nContent-Type: application/x\r\n\r\n");
        long size = 300L << 20;
        Body large = Body.of(OptionalLong.of(size), () -> new PieceStream() {
            private long left = size;

            @Override
            byte[] piece() throws IOException {
                if (left == size) {
                    left--;
                    return head;
                }
                byte[] some = new byte[(int) Math.min(8192, left)];
                java.util.Arrays.fill(some, (byte) 0xFC);
                left -= some.length;
                return some;
            }
        });
        long count = 0;
        try (InputStream in = SEVEN.of(large).open()) {
            byte[] room = new byte[65536];
            for (int got = 0; got >= 0; got = in.read(room)) {
                count += got;
            }
        }
        assertTrue(count > size / 3 * 4, "octets: " + count);
    }
}
