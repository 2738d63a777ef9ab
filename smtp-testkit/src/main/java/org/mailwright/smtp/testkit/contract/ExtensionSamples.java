package org.mailwright.smtp.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.command.EsmtpParameter;

/**
 * What is said to a server to see that it has an extension: a line for each verb, a value or more for each parameter.
 * Immutable; each method returns a longer copy.
 *
 * @param verbs lines that are taken
 * @param mail parameters of MAIL that are taken
 * @param rcpt parameters of RCPT that are taken
 * @param wrong parameters that are refused with 501
 * @param company parameters of MAIL that stand beside each of these: one that needs another is taken with it only
 * @since 0.1.0
 */
public record ExtensionSamples(
        List<Line> verbs,
        List<EsmtpParameter> mail,
        List<EsmtpParameter> rcpt,
        List<Wrong> wrong,
        List<EsmtpParameter> company) {

    /**
     * A line that begins with a verb of the extension.
     *
     * @param text the line without CRLF
     * @param code of the reply
     * @param inMail whether MAIL and RCPT come before it
     */
    public record Line(String text, int code, boolean inMail) {
        String verb() {
            int end = text.indexOf(' ');
            return end < 0 ? text : text.substring(0, end);
        }
    }

    /**
     * A parameter that is refused.
     *
     * @param parameter as it stands on the line
     * @param ofMail whether on the line of MAIL, else RCPT
     */
    public record Wrong(EsmtpParameter parameter, boolean ofMail) {}

    /** Copies the lists. */
    public ExtensionSamples {
        verbs = List.copyOf(verbs);
        mail = List.copyOf(mail);
        rcpt = List.copyOf(rcpt);
        wrong = List.copyOf(wrong);
        company = List.copyOf(company);
    }

    /** Returns nothing: for an extension without verbs and parameters. */
    public static ExtensionSamples none() {
        return new ExtensionSamples(List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** Adds a line that begins with a verb, said behind EHLO, and the code of its reply. */
    public ExtensionSamples verb(String line, int code) {
        return new ExtensionSamples(and(verbs, new Line(line, code, false)), mail, rcpt, wrong, company);
    }

    /** Adds a line that begins with a verb, said behind MAIL and RCPT, and the code of its reply. */
    public ExtensionSamples verbInMail(String line, int code) {
        return new ExtensionSamples(and(verbs, new Line(line, code, true)), mail, rcpt, wrong, company);
    }

    /** Adds a parameter of MAIL as it stands on the line: {@code X-RETAIN=30}. */
    public ExtensionSamples mail(String parameter) {
        return new ExtensionSamples(verbs, and(mail, read(parameter)), rcpt, wrong, company);
    }

    /** Adds a parameter of RCPT as it stands on the line. */
    public ExtensionSamples rcpt(String parameter) {
        return new ExtensionSamples(verbs, mail, and(rcpt, read(parameter)), wrong, company);
    }

    /** Adds a parameter of MAIL that is refused with 501. */
    public ExtensionSamples wrongMail(String parameter) {
        return new ExtensionSamples(verbs, mail, rcpt, and(wrong, new Wrong(read(parameter), true)), company);
    }

    /** Adds a parameter of RCPT that is refused with 501. */
    public ExtensionSamples wrongRcpt(String parameter) {
        return new ExtensionSamples(verbs, mail, rcpt, and(wrong, new Wrong(read(parameter), false)), company);
    }

    /** Adds a parameter of MAIL, of another extension, without which those of this one are not taken. */
    public ExtensionSamples inCompanyOf(String parameter) {
        return new ExtensionSamples(verbs, mail, rcpt, wrong, and(company, read(parameter)));
    }

    /** Returns the parameters of MAIL that are said in any case, each behind a blank. */
    String companions() {
        return company.stream().map(each -> " " + each).collect(Collectors.joining());
    }

    private static EsmtpParameter read(String text) {
        int end = text.indexOf('=');
        return end < 0
                ? EsmtpParameter.of(text)
                : new EsmtpParameter(text.substring(0, end), Optional.of(text.substring(end + 1)));
    }

    private static <T> List<T> and(List<T> known, T more) {
        List<T> all = new ArrayList<>(known);
        all.add(more);
        return all;
    }
}
