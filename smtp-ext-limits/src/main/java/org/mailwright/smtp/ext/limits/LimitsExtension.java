package org.mailwright.smtp.ext.limits;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;

/**
 * LIMITS (RFC 9422): MAILMAX, RCPTMAX and RCPTDOMAINMAX. A server keeps what it says; a client divides its mails so
 * that the peer can.
 *
 * @since 0.1.0
 */
public final class LimitsExtension implements Extension {

    /** Where the gates stand among those of their stages: behind those that refuse for a better reason. */
    public static final int ORDER = 900;

    private static final String KEYWORD = "LIMITS";
    private static final String MAILMAX = "MAILMAX";
    private static final String RCPTMAX = "RCPTMAX";
    private static final String RCPTDOMAINMAX = "RCPTDOMAINMAX";

    /** Of {@code limits-param} (RFC 9422 §3). */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+(=[!-:<-~]+)?");

    private static final AttributeKey<Integer> MAILS = AttributeKey.of("limits-mails", Scope.TLS_EPOCH);
    private static final AttributeKey<Set<String>> DOMAINS = AttributeKey.of("limits-domains", Scope.TLS_EPOCH);

    private static final Verdict TOO_MANY_MAILS =
            Verdict.drop(Reply.of(421, "4.7.0", "Too many mails on one connection, closing it"));
    private static final Verdict TOO_MANY_RECIPIENTS = Verdict.refuse(452, "4.5.3", "Too many recipients");
    private static final Verdict TOO_MANY_DOMAINS =
            Verdict.refuse(452, "4.5.3", "Too many domains of recipients on one connection");

    private final LimitsConfig config;

    /** LIMITS with {@link LimitsConfig#DEFAULT}. */
    public LimitsExtension() {
        this(LimitsConfig.DEFAULT);
    }

    /** LIMITS. */
    @Inject
    public LimitsExtension(LimitsConfig config) {
        this.config = config;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /** Reads {@code mails}, {@code recipients} and {@code domains}. */
    @Override
    public Extension configured(Settings settings) {
        settings.only("mails", "recipients", "domains");
        return new LimitsExtension(new LimitsConfig(
                number(settings, "mails", config.mails()),
                number(settings, "recipients", config.recipients()),
                number(settings, "domains", config.domains())));
    }

    private static int number(Settings settings, String key, int otherwise) {
        return settings.number(key, 0, LimitsConfig.MOST).map(Long::intValue).orElse(otherwise);
    }

    @Override
    public void server(ServerSide side) {
        int recipients =
                Math.min(side.recipients(), config.recipients() == 0 ? LimitsConfig.MOST : config.recipients());
        List<String> words = new ArrayList<>();
        words.add(RCPTMAX + "=" + recipients);
        side.gate(Stage.RCPT, ORDER, (Gate<Recipient> & NonBlocking) (session, recipient) ->
                session.recipients().size() >= recipients ? TOO_MANY_RECIPIENTS : Verdict.pass());
        if (config.mails() > 0) {
            words.add(MAILMAX + "=" + config.mails());
            side.gate(Stage.MAIL, ORDER, (Gate<Stage.MailRequest> & NonBlocking) this::countMail);
        }
        if (config.domains() > 0) {
            words.add(RCPTDOMAINMAX + "=" + config.domains());
            side.gate(Stage.RCPT, ORDER, (Gate<Recipient> & NonBlocking) this::countDomain);
        }
        List<String> offer = List.copyOf(words);
        side.keyword(KEYWORD, session -> Optional.of(offer));
    }

    private Verdict countMail(SessionView session, Stage.MailRequest request) {
        int before = session.get(MAILS).orElse(0);
        return before >= config.mails()
                ? TOO_MANY_MAILS
                : Verdict.amend(request.attributes().with(MAILS, before + 1));
    }

    private Verdict countDomain(SessionView session, Recipient recipient) {
        if (!(recipient.path() instanceof Mailbox mailbox)) {
            return Verdict.pass(); // the postmaster of this very server
        }
        String domain = mailbox.host() instanceof Domain name
                ? name.canonical()
                : mailbox.host().toString();
        Set<String> before = session.get(DOMAINS).orElse(Set.of());
        if (before.contains(domain)) {
            return Verdict.pass();
        }
        if (before.size() >= config.domains()) {
            return TOO_MANY_DOMAINS;
        }
        Set<String> after = new HashSet<>(before);
        after.add(domain);
        return Verdict.amend(recipient.attributes().with(DOMAINS, Set.copyOf(after)));
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate(KEYWORD, words -> limit(words, MAILMAX), WellKnown.MAILS_PER_CONNECTION)
                .negotiate(KEYWORD, words -> limit(words, RCPTMAX), WellKnown.RECIPIENTS_PER_MAIL)
                .negotiate(KEYWORD, words -> limit(words, RCPTDOMAINMAX), WellKnown.DOMAINS_PER_CONNECTION);
    }

    /**
     * Reads one limit: {@code NAME=} and 1 to 6 digits, not beginning with 0. Where one word is no limit at all, none
     * counts (RFC 9422 §3.7).
     */
    private static Optional<Integer> limit(List<String> words, String name) {
        if (!words.stream().allMatch(word -> WORD.matcher(word).matches())) {
            return Optional.empty();
        }
        return words.stream()
                .filter(word -> word.regionMatches(true, 0, name + "=", 0, name.length() + 1))
                .map(word -> word.substring(name.length() + 1))
                .filter(value -> value.matches("[1-9][0-9]{0,5}"))
                .map(Integer::valueOf)
                .findFirst();
    }
}
