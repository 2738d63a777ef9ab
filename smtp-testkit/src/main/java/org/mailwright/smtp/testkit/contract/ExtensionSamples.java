package org.mailwright.smtp.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.command.EsmtpParameter;

/**
 * What is said to a server to see that it has an extension: a line for each verb, a value or more for each parameter;
 * and what a client with it says. Immutable; each method returns a longer copy.
 *
 * @param verbs lines that are taken
 * @param mail parameters of MAIL that are taken
 * @param rcpt parameters of RCPT that are taken
 * @param wrong parameters that are refused with 501
 * @param company parameters of MAIL that stand beside each of these: one that needs another is taken with it only
 * @param prefaces what stands in front of all else on a connection
 * @param client lines that a client says
 * @since 0.1.0
 */
public record ExtensionSamples(
        List<Line> verbs,
        List<EsmtpParameter> mail,
        List<EsmtpParameter> rcpt,
        List<Wrong> wrong,
        List<EsmtpParameter> company,
        List<Front> prefaces,
        List<Said> client) {

    /**
     * A line that begins with a verb of the extension.
     *
     * @param text the line without CRLF
     * @param code of the reply
     * @param inMail whether MAIL and RCPT come before it
     */
    public record Line(String text, int code, boolean inMail) {
        String verb() {
            return word(text);
        }
    }

    /**
     * A parameter that is refused.
     *
     * @param parameter as it stands on the line
     * @param ofMail whether on the line of MAIL, else RCPT
     */
    public record Wrong(EsmtpParameter parameter, boolean ofMail) {}

    /**
     * What a peer says before it is greeted.
     *
     * @param octets one for each char
     * @param taken whether the greeting comes behind it, else the end
     */
    public record Front(String octets, boolean taken) {}

    /**
     * What a client says to a peer before its mail.
     *
     * @param offered the keyword and its parameters, as the peer offers them
     * @param ofServer settings of the destination
     * @param ofMail attributes of the mail
     * @param line the first that is said behind the answer to EHLO, without CRLF
     */
    public record Said(String offered, Attributes ofServer, Attributes ofMail, String line) {
        String verb() {
            return word(line);
        }
    }

    /** Copies the lists. */
    public ExtensionSamples {
        verbs = List.copyOf(verbs);
        mail = List.copyOf(mail);
        rcpt = List.copyOf(rcpt);
        wrong = List.copyOf(wrong);
        company = List.copyOf(company);
        prefaces = List.copyOf(prefaces);
        client = List.copyOf(client);
    }

    /** Returns nothing: for an extension without verbs and parameters. */
    public static ExtensionSamples none() {
        return new ExtensionSamples(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** Adds a line that begins with a verb, said behind EHLO, and the code of its reply. */
    public ExtensionSamples verb(String line, int code) {
        return with(new Line(line, code, false));
    }

    /** Adds a line that begins with a verb, said behind MAIL and RCPT, and the code of its reply. */
    public ExtensionSamples verbInMail(String line, int code) {
        return with(new Line(line, code, true));
    }

    private ExtensionSamples with(Line line) {
        return new ExtensionSamples(and(verbs, line), mail, rcpt, wrong, company, prefaces, client);
    }

    /** Adds a parameter of MAIL as it stands on the line: {@code X-RETAIN=30}. */
    public ExtensionSamples mail(String parameter) {
        return new ExtensionSamples(verbs, and(mail, read(parameter)), rcpt, wrong, company, prefaces, client);
    }

    /** Adds a parameter of RCPT as it stands on the line. */
    public ExtensionSamples rcpt(String parameter) {
        return new ExtensionSamples(verbs, mail, and(rcpt, read(parameter)), wrong, company, prefaces, client);
    }

    /** Adds a parameter of MAIL that is refused with 501. */
    public ExtensionSamples wrongMail(String parameter) {
        return with(new Wrong(read(parameter), true));
    }

    /** Adds a parameter of RCPT that is refused with 501. */
    public ExtensionSamples wrongRcpt(String parameter) {
        return with(new Wrong(read(parameter), false));
    }

    private ExtensionSamples with(Wrong parameter) {
        return new ExtensionSamples(verbs, mail, rcpt, and(wrong, parameter), company, prefaces, client);
    }

    /** Adds a parameter of MAIL, of another extension, without which those of this one are not taken. */
    public ExtensionSamples inCompanyOf(String parameter) {
        return new ExtensionSamples(verbs, mail, rcpt, wrong, and(company, read(parameter)), prefaces, client);
    }

    /** Adds what a peer says in front of all else, an octet for each char; the first is said wherever one is needed. */
    public ExtensionSamples preface(String octets) {
        return with(new Front(octets, true));
    }

    /** Adds what a peer says in front of all else, an octet for each char, and is cut off for. */
    public ExtensionSamples wrongPreface(String octets) {
        return with(new Front(octets, false));
    }

    private ExtensionSamples with(Front front) {
        return new ExtensionSamples(verbs, mail, rcpt, wrong, company, and(prefaces, front), client);
    }

    /**
     * Adds a line that a client says to a peer that offers the keyword, before its mail.
     *
     * @param offered the keyword and its parameters, as the peer offers them
     * @param ofServer settings of the destination
     * @param ofMail attributes of the mail
     * @param line the first that is said behind the answer to EHLO, without CRLF
     */
    public ExtensionSamples says(String offered, Attributes ofServer, Attributes ofMail, String line) {
        Said said = new Said(offered, ofServer, ofMail, line);
        return new ExtensionSamples(verbs, mail, rcpt, wrong, company, prefaces, and(client, said));
    }

    /** Returns the parameters of MAIL that are said in any case, each behind a blank. */
    String companions() {
        return company.stream().map(each -> " " + each).collect(Collectors.joining());
    }

    /** Returns what a peer says in front of all else to be greeted. */
    String front() {
        return prefaces.stream()
                .filter(Front::taken)
                .map(Front::octets)
                .findFirst()
                .orElse("");
    }

    private static String word(String line) {
        return line.split(" ", 2)[0];
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
