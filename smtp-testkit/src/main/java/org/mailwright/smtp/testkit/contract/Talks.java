package org.mailwright.smtp.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
     * @param front what is said before the greeting where that is awaited
     * @param lines without CRLF
     */
    record Talk(String front, List<String> lines) {

        /** Holds it; adds the replies, and returns the mails that were taken. */
        List<RecordedMail> hold(TestService service, boolean octetwise, List<String> replies) {
            try (ServerTalk talk = new ServerTalk(service, front, octetwise)) {
                if (!talk.isCut()) {
                    lines.forEach(talk::say);
                }
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

    /** Connects, and says EHLO and what is to be said before all else. */
    static ServerTalk open(ExtensionContract contract, TestService service) {
        ServerTalk talk = new ServerTalk(service, contract.samples().front(), false);
        contract.before().forEach(talk::say);
        return talk;
    }

    static int code(ExtensionContract contract, TestService service, ExtensionSamples.Line line) {
        try (ServerTalk talk = open(contract, service)) {
            if (line.inMail()) {
                talk.say(ServerTalk.MAIL);
                talk.say(ServerTalk.RCPT);
            }
            return talk.code(line.text());
        }
    }

    static int mail(ExtensionContract contract, TestService service, EsmtpParameter parameter) {
        try (ServerTalk talk = open(contract, service)) {
            return talk.code(
                    ServerTalk.MAIL + " " + parameter + contract.samples().companions());
        }
    }

    static int rcpt(ExtensionContract contract, TestService service, EsmtpParameter parameter) {
        try (ServerTalk talk = open(contract, service)) {
            talk.say(ServerTalk.MAIL);
            return talk.code(ServerTalk.RCPT + " " + parameter);
        }
    }

    /** Returns a whole mail for each parameter, right or wrong, and for each preface; and each verb. */
    static List<Talk> all(ExtensionContract contract) {
        ExtensionSamples samples = contract.samples();
        List<List<String>> talks = new ArrayList<>();
        samples.verbs()
                .forEach(line -> talks.add(
                        line.inMail() ? List.of(ServerTalk.MAIL, ServerTalk.RCPT, line.text()) : List.of(line.text())));
        String company = samples.companions();
        samples.mail().forEach(each -> talks.add(mail(" " + each + company, "")));
        samples.rcpt().forEach(each -> talks.add(mail("", " " + each)));
        samples.wrong()
                .forEach(each -> talks.add(
                        each.ofMail() ? mail(" " + each.parameter() + company, "") : mail("", " " + each.parameter())));
        Stream<Talk> behindEhlo = talks.stream()
                .map(lines -> new Talk(
                        samples.front(),
                        Stream.concat(contract.before().stream(), lines.stream())
                                .toList()));
        Stream<Talk> fronts = samples.prefaces().stream().map(front -> new Talk(front.octets(), mail("", "")));
        return Stream.concat(behindEhlo, fronts).toList();
    }

    private static List<String> mail(String ofMail, String ofRecipient) {
        return List.of(
                ServerTalk.MAIL + ofMail, ServerTalk.RCPT + ofRecipient, "DATA", "Subject: x\r\n\r\n..x\r\n.", "NOOP");
    }

    /** A peer that says it is greeted behind it; or cut off, without a word. */
    static void requireFront(TestService service, ExtensionSamples.Front front) {
        for (boolean octetwise : List.of(false, true)) {
            try (ServerTalk talk = new ServerTalk(service, front.octets(), octetwise)) {
                String greeting = talk.heard().getFirst();
                assertEquals(front.taken(), greeting.startsWith("220 "), front + " is answered: " + greeting);
                assertEquals(!front.taken(), talk.isCut(), front + " cuts the connection");
                assertTrue(front.taken() || greeting.isEmpty(), front + " is answered: " + greeting);
            }
        }
    }

    /** A client says it to a peer that offers it. */
    static void requireSaid(ExtensionContract contract, ExtensionSamples.Said sample, Attributes ofMail) {
        assertEquals(
                sample.line(),
                ClientTalk.first(both(contract), List.of(sample.offered()), sample.ofServer(), ofMail),
                "to a peer that offers " + sample.offered());
    }

    /** A client says nothing of the kind to a peer that does not offer it, or without a reason. */
    static void requireNotSaid(ExtensionContract contract, ExtensionSamples.Said sample) {
        List<Extension> all = both(contract);
        for (String said : List.of(
                ClientTalk.first(all, List.of(), sample.ofServer(), sample.ofMail()),
                ClientTalk.first(all, List.of(sample.offered()), Attributes.EMPTY, Attributes.EMPTY))) {
            assertFalse((said + " ").startsWith(sample.verb() + " "), "out of turn: " + said);
        }
    }

    /** Returns attributes of a mail as they are when it was stored. */
    static Attributes afterQueue(Attributes attributes) {
        List<AttributeKey<?>> keys = new ArrayList<>();
        attributes.forEach((key, value) -> keys.add(key));
        Attributes stored = Attributes.EMPTY;
        for (AttributeKey<?> key : keys) {
            stored = stored(stored, key, attributes);
        }
        return stored;
    }

    private static <T> Attributes stored(Attributes to, AttributeKey<T> key, Attributes from) {
        return key.codec()
                .flatMap(codec -> from.get(key)
                        .map(value ->
                                to.with(key, codec.read().apply(codec.write().apply(value)))))
                .orElse(to);
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
