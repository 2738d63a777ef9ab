package org.mailwright.smtp.ext.auth;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.SaslContext;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;

/** The AUTH command of a server: which mechanisms there are now, and how an attempt begins. */
final class AuthVerb implements VerbHandler {

    private static final Reply ALREADY = Reply.of(503, "5.5.1", "Already authenticated");
    private static final Reply EHLO_FIRST = Reply.of(503, "5.5.1", "Send EHLO first");
    private static final Reply SYNTAX = Reply.of(501, "5.5.4", "Syntax: AUTH mechanism [initial-response]");
    private static final Reply UNKNOWN = Reply.of(504, "5.5.4", "Unrecognized authentication type");
    private static final Reply NEEDS_TLS =
            Reply.of(538, "5.7.11", "Encryption required for requested authentication mechanism");
    private static final Reply NO_INITIAL = Reply.of(501, "5.5.4", "This mechanism takes no initial response");

    private final Map<String, Mechanism> mechanisms;
    private final boolean requireTls;
    private final Attempts attempts;

    AuthVerb(List<Mechanism> mechanisms, boolean requireTls, Attempts attempts) {
        this.mechanisms = mechanisms.stream()
                .collect(Collectors.toMap(Mechanism::name, m -> m, (first, second) -> first, LinkedHashMap::new));
        this.requireTls = requireTls;
        this.attempts = attempts;
    }

    /** The names behind the keyword; empty when there is nothing to offer now. */
    Optional<List<String>> offer(SessionView session) {
        SecureChannel channel = TlsChannel.ofServer(session.tls());
        List<String> names = mechanisms.values().stream()
                .filter(mechanism -> isProtected(mechanism, channel) && mechanism.usable(channel))
                .map(Mechanism::name)
                .toList();
        return Optional.of(names).filter(list -> !list.isEmpty());
    }

    @Override
    public Step handle(Command command, Session session) throws SmtpException, IOException {
        if (session.identity().isPresent()) {
            throw new SmtpException(ALREADY);
        }
        if (!session.hello().map(Hello::extended).orElse(false)) {
            throw new SmtpException(EHLO_FIRST);
        }
        String[] words = command.arguments().split(" ", -1);
        if (words[0].isEmpty() || words.length > 2) {
            throw new SmtpException(SYNTAX);
        }
        SecureChannel channel = TlsChannel.ofServer(session.tls());
        Mechanism mechanism = requested(words[0], channel);
        Optional<byte[]> initial = Optional.empty();
        if (words.length == 2) {
            if (!mechanism.initialResponse()) {
                throw new SmtpException(NO_INITIAL);
            }
            initial = Optional.of(
                    Base64Text.decodeInitial(words[1]).orElseThrow(() -> new SmtpException(AuthDialogue.NOT_BASE64)));
        }
        attempts.admit(session);
        SaslContext context = new SaslContext(session.hostname(), channel, plusOffered(channel));
        return new AuthDialogue(mechanism.name(), mechanism.start(context), attempts).begin(initial, session);
    }

    private Mechanism requested(String word, SecureChannel channel) throws SmtpException {
        Mechanism mechanism = mechanisms.get(word.toUpperCase(Locale.ROOT));
        if (mechanism == null) {
            throw new SmtpException(UNKNOWN);
        }
        if (!isProtected(mechanism, channel)) {
            throw new SmtpException(NEEDS_TLS);
        }
        if (!mechanism.usable(channel)) {
            throw new SmtpException(UNKNOWN);
        }
        return mechanism;
    }

    private boolean isProtected(Mechanism mechanism, SecureChannel channel) {
        return channel.encrypted() || !(requireTls || mechanism.plainText());
    }

    private boolean plusOffered(SecureChannel channel) {
        return mechanisms.values().stream()
                .anyMatch(mechanism -> mechanism.name().endsWith("-PLUS") && mechanism.usable(channel));
    }
}
