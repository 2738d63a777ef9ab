package org.mailwright.smtp.queue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;

class ReasonTest {

    @ParameterizedTest
    @CsvSource({
        "550, 5.1.1, RCPT, UNKNOWN_USER",
        "550, 5.2.1, RCPT, MAILBOX_DISABLED",
        "452, 4.2.2, RCPT, MAILBOX_FULL",
        "552, 5.2.3, CONTENT, TOO_LARGE",
        "552, 5.3.4, MAIL, TOO_LARGE",
        "556, 5.1.10, PREPARE, UNKNOWN_DOMAIN",
        "550, 5.1.2, PREPARE, UNKNOWN_DOMAIN",
        "554, 5.4.6, RCPT, LOOP",
        "451, 4.4.1, CONNECT, NO_ANSWER",
        "451, 4.4.7, CONNECT, NO_ANSWER",
        "550, 5.7.1, CONTENT, REFUSED",
        "550, 5.7.26, CONTENT, REFUSED",
        "550, 5.7.999, CONTENT, REFUSED",
        "550, 5.7.30, PREPARE, UNSAFE",
        "553, 5.6.7, PREPARE, NOT_SUPPORTED",
        "550, 5.0.0, RCPT, UNKNOWN_USER",
        "550, 5.5.0, MAIL, REFUSED",
        "451, 4.3.0, CONTENT, OTHER",
        "451, 4.7.1, RCPT, OTHER",
        "450, 4.1.1, RCPT, OTHER",
        "450, 4.2.1, RCPT, OTHER",
        "451, 4.1.2, PREPARE, NO_ANSWER",
    })
    void followsTheEnhancedCode(int code, String enhanced, Moment moment, Reason expected) {
        assertEquals(expected, Reason.of(new Outcome.Refused(Reply.of(code, enhanced, "x"), moment)));
    }

    @ParameterizedTest
    @CsvSource({
        "550, RCPT, UNKNOWN_USER",
        "550, CONTENT, REFUSED",
        "552, RCPT, MAILBOX_FULL",
        "552, CONTENT, TOO_LARGE",
        "554, CONTENT, REFUSED",
        "554, RCPT, OTHER",
        "556, RCPT, UNKNOWN_DOMAIN",
        "421, CONTENT, NO_ANSWER",
        "450, CONNECT, NO_ANSWER",
        "450, RCPT, OTHER",
    })
    void followsTheReplyCodeWithoutOne(int code, Moment moment, Reason expected) {
        assertEquals(expected, Reason.of(new Outcome.Refused(Reply.of(code, "x"), moment)));
    }
}
