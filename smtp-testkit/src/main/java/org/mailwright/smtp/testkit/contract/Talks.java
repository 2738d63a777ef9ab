package org.mailwright.smtp.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.command.EsmtpParameter;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.TestService;

/** The dialogues of an {@link ExtensionContract}, each on a connection of its own. */
final class Talks {

    /**
     * Lines of one session behind EHLO.
     *
     * @param lines without CRLF
     */
    record Talk(List<String> lines) {

        /** Holds it; adds the replies, and returns the mails that were taken. */
        List<RecordedMail> hold(TestService service, boolean octetwise, List<String> replies) {
            try (ServerTalk talk = new ServerTalk(service, octetwise)) {
                lines.forEach(talk::say);
                replies.addAll(talk.heard());
                return talk.mails();
            }
        }
    }

    private Talks() {}

    static TestService service(ExtensionContract contract, List<Extension> extensions) {
        TestService open = TestService.of(contract.role(), extensions.toArray(Extension[]::new));
        return contract.insideTls() ? new TestService(open.profile().withImplicitTls(), open.extensions()) : open;
    }

    /** Returns a listener with the extension and those that it requires. */
    static TestService with(ExtensionContract contract) {
        return service(contract, both(contract));
    }

    private static List<Extension> both(ExtensionContract contract) {
        return Stream.concat(contract.beside().stream(), Stream.of(contract.extension()))
                .toList();
    }

    static <T> Set<String> words(Collection<T> samples, Function<T, String> word) {
        Set<String> words = new TreeSet<>();
        samples.forEach(sample -> words.add(word.apply(sample)));
        return words;
    }

    static int code(TestService service, ExtensionSamples.Line line) {
        try (ServerTalk talk = new ServerTalk(service, false)) {
            if (line.inMail()) {
                talk.say(ServerTalk.MAIL);
                talk.say(ServerTalk.RCPT);
            }
            return talk.code(line.text());
        }
    }

    static int mail(TestService service, EsmtpParameter parameter, ExtensionSamples samples) {
        try (ServerTalk talk = new ServerTalk(service, false)) {
            return talk.code(ServerTalk.MAIL + " " + parameter + samples.companions());
        }
    }

    static int rcpt(TestService service, EsmtpParameter parameter) {
        try (ServerTalk talk = new ServerTalk(service, false)) {
            talk.say(ServerTalk.MAIL);
            return talk.code(ServerTalk.RCPT + " " + parameter);
        }
    }

    /** Returns a whole mail for each parameter, right or wrong, and each verb. */
    static List<Talk> all(ExtensionSamples samples) {
        List<Talk> talks = new ArrayList<>();
        samples.verbs()
                .forEach(line -> talks.add(new Talk(
                        line.inMail()
                                ? List.of(ServerTalk.MAIL, ServerTalk.RCPT, line.text())
                                : List.of(line.text()))));
        String company = samples.companions();
        samples.mail().forEach(each -> talks.add(mail(" " + each + company, "")));
        samples.rcpt().forEach(each -> talks.add(mail("", " " + each)));
        samples.wrong()
                .forEach(each -> talks.add(
                        each.ofMail() ? mail(" " + each.parameter() + company, "") : mail("", " " + each.parameter())));
        return talks;
    }

    private static Talk mail(String ofMail, String ofRecipient) {
        return new Talk(List.of(
                ServerTalk.MAIL + ofMail, ServerTalk.RCPT + ofRecipient, "DATA", "Subject: x\r\n\r\n..x\r\n.", "NOOP"));
    }

    static Parameter<?> of(Map<String, Parameter<?>> declared, EsmtpParameter sample) {
        Parameter<?> parameter = declared.get(sample.keyword());
        assertTrue(parameter != null, sample.keyword() + " is not declared");
        return Optional.ofNullable(parameter).orElseThrow();
    }

    static <T> void requireSameAfterQueue(EsmtpParameter sample, Parameter<T> parameter) throws SmtpException {
        T value = parameter.syntax().parse(sample.value());
        Optional<AttributeKey.Codec<T>> codec = parameter.key().codec();
        if (codec.isPresent()) {
            T restored = codec.get().read().apply(codec.get().write().apply(value));
            assertEquals(
                    parameter.syntax().render(value),
                    parameter.syntax().render(restored),
                    sample + " as it is sent on");
        }
    }

    static <T> void requireSent(
            ExtensionContract contract,
            EsmtpParameter sample,
            Parameter<T> parameter,
            boolean ofMail,
            Collection<String> offered)
            throws SmtpException {
        T value = parameter.syntax().parse(sample.value());
        Attributes company = Attributes.EMPTY;
        Map<String, Parameter<?>> declared =
                DeclaredServer.of(both(contract), service(contract, List.of()).profile()).mail;
        for (EsmtpParameter each : contract.samples().company()) {
            company = with(company, of(declared, each), each);
        }
        Attributes mail = ofMail ? company.with(parameter.key(), value) : company;
        Attributes recipient = ofMail ? Attributes.EMPTY : Attributes.EMPTY.with(parameter.key(), value);
        List<String> said = ClientTalk.envelope(both(contract), offered, mail, recipient);
        List<String> words = words(said, ofMail ? "MAIL" : "RCPT", sample.keyword());
        assertEquals(1, words.size(), sample + ": to a peer that offers " + offered + " was said " + said);
        if (parameter.key().codec().isPresent() && contract.sendsValuesAsTheyCame()) {
            EsmtpParameter expected =
                    new EsmtpParameter(sample.keyword(), parameter.syntax().render(value));
            assertEquals(List.of(expected.toString()), words, "to a peer that offers " + offered);
        }
        List<String> bare = ClientTalk.envelope(both(contract), List.of(), mail, recipient);
        assertEquals(
                List.of(),
                words(bare, ofMail ? "MAIL" : "RCPT", sample.keyword()),
                sample + ": to a peer that offers nothing");
    }

    private static <T> Attributes with(Attributes attributes, Parameter<T> parameter, EsmtpParameter sample)
            throws SmtpException {
        return attributes.with(parameter.key(), parameter.syntax().parse(sample.value()));
    }

    /** Returns the words of a line that are this parameter. */
    private static List<String> words(List<String> lines, String verb, String keyword) {
        return lines.stream()
                .filter(line -> line.startsWith(verb + " "))
                .flatMap(line -> Stream.of(line.split(" ")))
                .filter(word -> word.equals(keyword) || word.startsWith(keyword + "="))
                .toList();
    }
}
