package org.mailwright.smtp.gateway.pipe;

import java.util.Optional;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;

/** What the end of a program means, by {@code sysexits.h}. */
final class ExitStatus {
    private static final int SIGNAL = 128;

    private ExitStatus() {}

    /**
     * Returns the reply for an exit status.
     *
     * @param said the first line of its output; an enhanced code of the right class at its beginning takes the place of
     *     the usual one
     */
    static Reply reply(int status, String said) {
        if (status > SIGNAL) {
            return reply(451, "4.3.0", "The program was killed by signal " + (status - SIGNAL), said);
        }
        return switch (status) {
            case 0 -> reply(250, "2.0.0", "The program took the mail", said);
            case 64 -> reply(451, "4.3.5", "The program was called wrongly", said);
            case 65 -> reply(554, "5.6.0", "The program cannot read the mail", said);
            case 66 -> reply(451, "4.3.0", "The program misses a file", said);
            case 67 -> reply(550, "5.1.1", "There is no such user", said);
            case 68 -> reply(550, "5.1.2", "There is no such host", said);
            case 69 -> reply(554, "5.3.0", "The program does not serve this", said);
            case 70 -> reply(451, "4.3.0", "The program failed", said);
            case 71 -> reply(451, "4.3.0", "The system failed the program", said);
            case 72 -> reply(451, "4.3.5", "The program misses a file of the system", said);
            case 73 -> reply(451, "4.2.0", "The program cannot store the mail", said);
            case 74 -> reply(451, "4.3.0", "The program cannot read or write", said);
            case 75 -> reply(451, "4.3.0", "The program asks to try again later", said);
            case 76 -> reply(451, "4.5.0", "The program does not understand its peer", said);
            case 77 -> reply(550, "5.7.1", "The program refuses the mail", said);
            case 78 -> reply(451, "4.3.5", "The program is not configured", said);
            // how shells say that they cannot run something, or found nothing to run
            case 126, 127 -> reply(451, "4.3.5", "The program cannot be run", said);
            default -> reply(554, "5.3.0", "The program failed with status " + status, said);
        };
    }

    private static Reply reply(int code, String usual, String text, String said) {
        int blank = said.indexOf(' ');
        Optional<EnhancedCode> own =
                EnhancedCode.parse(blank < 0 ? said : said.substring(0, blank)).filter(enhanced -> enhanced.fits(code));
        String words = own.isEmpty()
                ? said
                : blank < 0 ? "" : said.substring(blank + 1).strip();
        EnhancedCode enhanced = own.or(() -> EnhancedCode.parse(usual)).orElseThrow();
        return Reply.of(code, enhanced, words.isEmpty() ? text : text + ": " + Reply.printable(words));
    }
}
