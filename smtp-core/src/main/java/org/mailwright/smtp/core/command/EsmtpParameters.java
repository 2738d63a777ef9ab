package org.mailwright.smtp.core.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * The parameters behind the path of MAIL or RCPT (RFC 5321 §4.1.2, {@code Mail-parameters}).
 *
 * @param list in the order of the line; no keyword twice
 * @since 0.1.0
 */
public record EsmtpParameters(List<EsmtpParameter> list) {

    /** No parameters. */
    public static final EsmtpParameters NONE = new EsmtpParameters(List.of());

    private static final int MOST = 32;
    private static final Reply BAD_SYNTAX = Reply.of(501, "5.5.4", "Syntax error in parameters");
    private static final Reply TWICE = Reply.of(501, "5.5.4", "Parameter given twice");
    private static final Reply TOO_MANY = Reply.of(501, "5.5.4", "Too many parameters");

    /** Copies the list. */
    public EsmtpParameters {
        list = List.copyOf(list);
    }

    /**
     * Reads what follows the closing bracket of a path: nothing, or a blank and the parameters.
     *
     * @param text the arguments of the command
     * @param from index behind the path
     * @throws SmtpException 501 5.5.4 when it is anything else
     */
    public static EsmtpParameters parse(String text, int from) throws SmtpException {
        if (from == text.length()) {
            return NONE;
        }
        List<EsmtpParameter> found = new ArrayList<>(4);
        int at = from;
        while (at < text.length()) {
            if (text.charAt(at) != ' ') {
                throw new SmtpException(BAD_SYNTAX);
            }
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            int end = text.indexOf(' ', at);
            end = end < 0 ? text.length() : end;
            EsmtpParameter one = one(text.substring(at, end));
            if (found.stream().anyMatch(other -> other.keyword().equals(one.keyword()))) {
                throw new SmtpException(TWICE);
            }
            if (found.size() == MOST) {
                throw new SmtpException(TOO_MANY);
            }
            found.add(one);
            at = end;
        }
        return new EsmtpParameters(found);
    }

    private static EsmtpParameter one(String word) throws SmtpException {
        int equals = word.indexOf('=');
        String keyword = equals < 0 ? word : word.substring(0, equals);
        Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
        if (!EsmtpParameter.isKeyword(keyword) || (value.isPresent() && !EsmtpParameter.isValue(value.get()))) {
            throw new SmtpException(BAD_SYNTAX);
        }
        return new EsmtpParameter(keyword, value);
    }

    /** Returns the parameters as they stand on the line, each with a blank in front; "" for none. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        list.forEach(parameter -> out.append(' ').append(parameter));
        return out.toString();
    }
}
