package org.mailwright.smtp.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.reply.SmtpException;

class EsmtpParametersTest {

    @Test
    void readsWhatFollowsThePath() throws SmtpException {
        assertSame(EsmtpParameters.NONE, EsmtpParameters.parse("FROM:<a@b>", 10));
        assertEquals(
                List.of(
                        EsmtpParameter.of("SIZE", "1"),
                        EsmtpParameter.of("BODY", "8BITMIME"),
                        EsmtpParameter.of("SMTPUTF8")),
                EsmtpParameters.parse("<a> size=1  BODY=8BITMIME SMTPUTF8", 3).list());
        assertEquals(" SIZE=1 X-Y", EsmtpParameters.parse(" size=1 x-y", 0).toString());
        assertEquals(
                "\u00e4+2B;:,<>@\"\\",
                EsmtpParameters.parse(" K=\u00e4+2B;:,<>@\"\\", 0)
                        .list()
                        .getFirst()
                        .value()
                        .orElse(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SIZE=1",
                " =1",
                " SIZE=",
                " SIZE=1=2",
                " SI_ZE",
                " -SIZE",
                " \u00c4=1",
                " SIZE=1 size=2",
                " A A",
                " A==",
                " A=b=",
                " K=a\u0085",
                " K=\u2028"
            })
    void refusesWhatIsNoParameter(String text) {
        SmtpException refused = assertThrows(SmtpException.class, () -> EsmtpParameters.parse(text, 0));
        assertEquals(501, refused.reply().code());
    }

    @Test
    void takesThirtyTwoAndNoMore() throws SmtpException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            text.append(" K").append(i);
        }
        assertEquals(32, EsmtpParameters.parse(text.toString(), 0).list().size());
        text.append(" K32");
        assertThrows(SmtpException.class, () -> EsmtpParameters.parse(text.toString(), 0));
    }
}
