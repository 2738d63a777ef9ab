package org.mailwright.smtp.ext.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.extension.ContentStage;

/** Columns: what comes, what stays; a slash for each line end, an underscore for each blank. */
class FieldRemoverTest {

    @ParameterizedTest
    @CsvSource({
        "A:_1/b:_2//body/, A:_1/b:_2//body/",
        "Note:_1//Note:_2/, /Note:_2/",
        "A:_1/note_:_1/_more/B:_2//, A:_1/B:_2//",
        "nOTE:_1/NOTE:_2/_x/_y//x, /x",
        "A:_1/_Note:_2/Noted:_3/Not:_4/No/N/note//, A:_1/_Note:_2/Noted:_3/Not:_4/No/N/note//",
        "NoteNote:_1/note:/A:_1/, NoteNote:_1/A:_1/",
        "A:_1/Note, A:_1/Note",
        "A:_1/Note:_1, A:_1/",
        "A:_1/Note:_1/_2/Note:_3/B:_4/, A:_1/B:_4/"
    })
    void takesOutOneField(String comes, String stays) throws Exception {
        byte[] octets = octets(comes);
        for (int size = 1; size <= octets.length; size++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ContentStage.Next next = piece -> {
                while (piece.hasRemaining()) {
                    out.write(piece.get());
                }
            };
            FieldRemover remover = new FieldRemover("Note");
            for (int from = 0; from < octets.length; from += size) {
                ByteBuffer piece = ByteBuffer.wrap(octets, from, Math.min(size, octets.length - from));
                remover.write(piece, next);
                assertEquals(0, piece.remaining());
            }
            remover.end(next);
            assertEquals(
                    new String(octets(stays), StandardCharsets.US_ASCII),
                    out.toString(StandardCharsets.US_ASCII),
                    "in pieces of " + size);
        }
    }

    private static byte[] octets(String text) {
        return text.replace('_', ' ').replace("/", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
