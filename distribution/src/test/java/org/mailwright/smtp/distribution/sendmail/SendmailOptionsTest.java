package org.mailwright.smtp.distribution.sendmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.distribution.sendmail.SendmailOptions.Flush;
import org.mailwright.smtp.distribution.sendmail.SendmailOptions.Mode;

class SendmailOptionsTest {
    @Test
    void addressesAreRecipients() throws SendmailException {
        SendmailOptions options = parse("a@example.test", "b@example.test");
        assertEquals(List.of("a@example.test", "b@example.test"), options.recipients());
        assertEquals(Mode.MAIL, options.mode());
        assertTrue(options.dotEnds());
        assertFalse(options.recipientsFromHeader());
        assertEquals(Optional.empty(), options.sender());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-f s@example.test -t -i",
                "-fs@example.test -ti",
                "-r s@example.test -oi -t",
                "-oem -odb -oi -t -f s@example.test",
                "-i -B8BITMIME -t -fs@example.test -N failure,delay -R hdrs -V id",
                "-it -B 8BITMIME -f s@example.test",
                "-tiv -O DeliveryMode=i -fs@example.test -L tag",
            })
    void whatMailProgramsWrite(String line) throws SendmailException {
        SendmailOptions options = parse(line.split(" "));
        assertEquals(Optional.of("s@example.test"), options.sender());
        assertTrue(options.recipientsFromHeader());
        assertFalse(options.dotEnds());
        assertEquals(List.of(), options.recipients());
    }

    @Test
    void theOtherModes() throws SendmailException {
        assertEquals(Mode.SMTP, parse("-bs").mode());
        assertEquals(Mode.QUEUE, parse("-bp").mode());
        assertEquals(Mode.HELP, parse("--help").mode());
        assertEquals(Mode.MAIL, parse("-bm", "a@example.test").mode());
    }

    @Test
    void theQueueIsTriedWhereNoTimeStandsBehindIt() throws SendmailException {
        SendmailOptions all = parse("-q", "-v");
        assertEquals(Mode.FLUSH, all.mode());
        assertEquals(new Flush(Optional.empty(), Optional.empty()), all.flush());
        assertTrue(all.verbose());
        assertEquals(
                new Flush(Optional.of("A1"), Optional.empty()), parse("-qIA1").flush());
        assertEquals(
                new Flush(Optional.empty(), Optional.of("example.org")),
                parse("-qRexample.org").flush());
        assertEquals(Mode.MAIL, parse("-q30m", "a@example.test").mode());
        assertEquals(Mode.ALIASES, parse("-bi").mode());
    }

    @Test
    void whatComesBehindTwoHyphensIsAnAddress() throws SendmailException {
        assertEquals(List.of("-t"), parse("-i", "--", "-t").recipients());
    }

    @Test
    void ourOwnOptions() throws SendmailException {
        SendmailOptions options = parse("--config", "mw.toml", "-S", "127.0.0.1:25", "-F", "A B");
        assertEquals(Optional.of("mw.toml"), options.config());
        assertEquals(Optional.of("127.0.0.1:25"), options.server());
        assertEquals(Optional.of("A B"), options.fullName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Z", "-t -Z", "-f", "-bx", "-b", "--config", "-tZ"})
    void whatIsNoCommandLine(String line) {
        SendmailException failure = assertThrows(SendmailException.class, () -> parse(line.split(" ")));
        assertEquals(SendmailException.Kind.USAGE, failure.kind());
    }

    private static SendmailOptions parse(String... words) throws SendmailException {
        return SendmailOptions.parse(List.of(words));
    }
}
