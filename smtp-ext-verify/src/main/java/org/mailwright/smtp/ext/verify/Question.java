package org.mailwright.smtp.ext.verify;

import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.text.Ascii;

/**
 * The arguments of VRFY and EXPN (RFC 5321 §4.1.1.6; RFC 6531 §3.7.4.2 where the listener has SMTPUTF8).
 *
 * @param name who is asked for
 * @param utf8 whether the answer may have UTF-8
 */
record Question(String name, boolean utf8) {

    private static final int LONGEST = 1000;
    private static final String SMTPUTF8 = "SMTPUTF8";
    private static final Reply NO_NAME = Reply.of(501, "5.5.4", "Expected the name of a user, a list or a mailbox");
    private static final Reply NO_VALUE = Reply.of(501, "5.5.4", "SMTPUTF8 has no value");
    private static final Reply NOT_ASCII = Reply.of(553, "5.6.7", "Internationalized names cannot be asked for");

    static Question of(Command command, Session session) throws SmtpException {
        String arguments = command.arguments().strip();
        if (arguments.isEmpty() || arguments.length() > LONGEST) {
            throw new SmtpException(NO_NAME);
        }
        if (session.keywords().contains(SMTPUTF8)) {
            return international(arguments);
        }
        if (!Ascii.isAscii(arguments)) {
            throw new SmtpException(NOT_ASCII);
        }
        return new Question(arguments, false);
    }

    private static Question international(String arguments) throws SmtpException {
        int blank = arguments.lastIndexOf(' ');
        String last = arguments.substring(blank + 1);
        if (blank < 0 || !Ascii.equalsIgnoreCase(last.split("=", 2)[0], SMTPUTF8)) {
            return new Question(arguments, false);
        }
        if (last.length() > SMTPUTF8.length()) {
            throw new SmtpException(NO_VALUE);
        }
        return new Question(arguments.substring(0, blank).strip(), true);
    }
}
