package org.mailwright.smtp.ext.content;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * CONNEG (RFC 4141 §5): RCPT asks which kinds of content a recipient can take, and its reply tells what is configured.
 * It is offered only where something is.
 *
 * <p>A client asks where a mail has {@link ConpermExtension#CONPERM} and the peer offers both (§3.2). What it hears
 * stands in the recipient's reply; nothing is converted, and the mail goes on with its permission (§5.2).
 *
 * @since 0.1.0
 */
public final class ConnegExtension implements Extension {

    /** Whether the recipient's capabilities are asked for. Whoever sets it has to honour them. */
    public static final AttributeKey<Boolean> CONNEG = AttributeKey.of("conneg", Scope.RECIPIENT);

    /**
     * Where gate and preparer stand among those of their stage: the gate late, since it answers what others let pass.
     */
    public static final int ORDER = 900;

    static final String KEYWORD = "CONNEG";

    /** Octets of the expression on one line of the reply. */
    private static final int LINE = 72;

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Reply UNKNOWN = Reply.of(504, "5.5.4", "CONNEG: no capabilities are known here");

    private final ConnegConfig config;

    /** CONNEG with nothing to tell. */
    public ConnegExtension() {
        this(ConnegConfig.DEFAULT);
    }

    /** CONNEG with what is known of recipients. */
    @Inject
    public ConnegExtension(ConnegConfig config) {
        this.config = config;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /** Reads {@code capabilities}: a table of addresses and expressions. */
    @Override
    public Extension configured(Settings settings) {
        Optional<Settings> table = settings.only("capabilities").table("capabilities");
        if (table.isEmpty()) {
            return this;
        }
        Map<String, String> capabilities = new TreeMap<>();
        for (String address : table.get().keys()) {
            table.get().text(address).ifPresent(expression -> capabilities.put(address, expression));
        }
        return new ConnegExtension(new ConnegConfig(capabilities));
    }

    @Override
    public void server(ServerSide side) {
        Optional<List<String>> offer =
                config.capabilities().isEmpty() ? Optional.empty() : Optional.of(List.<String>of());
        side.keyword(KEYWORD, session -> offer)
                .rcptParameter(new Parameter<>(KEYWORD, CONNEG, new Asked(offer.isPresent())))
                .gate(Stage.RCPT, ORDER, (Gate<Recipient> & NonBlocking) this::judge);
    }

    private Verdict judge(SessionView session, Recipient recipient) {
        return recipient
                .attributes()
                .get(CONNEG)
                .flatMap(asked -> config.of(recipient.path()))
                .map(expression -> Verdict.amend(recipient.attributes(), told(expression)))
                .orElse(Verdict.pass());
    }

    /** Lines that begin with the keyword (§5.2), and so with no enhanced code. */
    private static Reply told(String expression) {
        List<String> lines = new ArrayList<>(List.of("Recipient OK"));
        StringBuilder line = new StringBuilder();
        for (String word : BLANKS.splitAsStream(expression).toList()) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LINE) {
                lines.add(KEYWORD + " " + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(KEYWORD + " " + line);
        return Reply.of(250, lines);
    }

    @Override
    public void client(ClientSide side) {
        side.rcptParameter(KEYWORD, new Parameter<>(KEYWORD, CONNEG, Unvalued.of(KEYWORD)), WhenMissing.drop())
                .preparer(ORDER, (MailPreparer & NonBlocking) ConnegExtension::asking);
    }

    private static OutgoingMail asking(OutgoingMail mail, PeerView peer) {
        boolean asks = mail.attributes().has(ConpermExtension.CONPERM)
                && peer.offers(ConpermExtension.KEYWORD)
                && peer.offers(KEYWORD);
        return asks
                ? mail.withRecipients(mail.recipients().stream()
                        .map(recipient -> new Recipient(
                                recipient.path(), recipient.attributes().with(CONNEG, true)))
                        .toList())
                : mail;
    }

    private record Asked(boolean known) implements Parameter.Syntax<Boolean> {
        @Override
        public Boolean parse(Optional<String> value) throws SmtpException {
            if (!known) {
                throw new SmtpException(UNKNOWN);
            }
            return Unvalued.of(KEYWORD).parse(value);
        }

        @Override
        public Optional<String> render(Boolean value) {
            return Optional.empty();
        }
    }
}
