package org.mailwright.smtp.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturnPathFilterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A: b\\r\\nReturn-Path: <x@y>\\r\\nC: d\\r\\n\\r\\nx | A: b\\r\\nC: d\\r\\n\\r\\nx",
                "return-PATH : <x@y>,\\r\\n\\tmore\\r\\n more\\r\\nC: d\\r\\n | C: d\\r\\n",
                "Return-Path:<x>\\r\\nReturn-Path:<y>\\r\\n\\r\\n | \\r\\n",
                "Return-Paths: <x>\\r\\n | Return-Paths: <x>\\r\\n",
                "Return-Pat: <x>\\r\\n more\\r\\n | Return-Pat: <x>\\r\\n more\\r\\n",
                "X: y\\r\\n\\r\\nReturn-Path: <x>\\r\\n | X: y\\r\\n\\r\\nReturn-Path: <x>\\r\\n",
                "Return-Path\\r\\nX: y\\r\\n | Return-Path\\r\\nX: y\\r\\n",
                "\\r\\nReturn-Path: <x>\\r\\n | \\r\\nReturn-Path: <x>\\r\\n",
                "Return-Pa | Return-Pa",
                "Return-Path | Return-Path",
                "R\\r\\nRe\\r\\nReturn-Path:\\r\\n\\r\\n | R\\r\\nRe\\r\\n\\r\\n",
            })
    void takesOutTheFieldWhereverThePiecesEnd(String mail, String left) {
        byte[] octets = mail.translateEscapes().getBytes(StandardCharsets.US_ASCII);
        for (int size = 1; size <= octets.length; size++) {
            ReturnPathFilter filter = new ReturnPathFilter();
            StringBuilder kept = new StringBuilder();
            for (int at = 0; at < octets.length; at += size) {
                ByteBuffer piece = ByteBuffer.wrap(octets, at, Math.min(size, octets.length - at));
                kept.append(StandardCharsets.US_ASCII.decode(filter.filter(piece)));
                assertEquals(0, piece.remaining());
            }
            kept.append(StandardCharsets.US_ASCII.decode(filter.end()));
            assertEquals(left.translateEscapes(), kept.toString(), "pieces of " + size);
        }
    }
}
