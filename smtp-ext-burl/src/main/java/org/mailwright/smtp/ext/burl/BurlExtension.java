package org.mailwright.smtp.ext.burl;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.BodyReceiver;
import org.mailwright.smtp.core.extension.BodyWriter.Framing;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * BURL (RFC 4468): a client that has logged in names the content of its mail, or a part of it, by a URL, and the
 * submission server fetches it from the IMAP server that has authorized the URL (RFC 4467). Pieces may be mixed with
 * those of BDAT. It asks only servers that it is configured with, and knows only URLs that are authorized for
 * submission by the user who has logged in; where it acts on behalf of that user, also those that are for him alone.
 * Regular URLs, without authorization, are not followed.
 *
 * <p>A client sends a mail so whose content is {@linkplain #mail given by a URL}.
 *
 * @since 0.1.0
 */
public final class BurlExtension implements Extension {

    /** By which URL a client gives the content of a mail. */
    public static final AttributeKey<ImapUrl> CONTENT = AttributeKey.of("burl-content", Scope.TRANSACTION);

    /** Where the stage stands that looks at line ends, and the preparer. */
    public static final int ORDER = 11;

    /** More than any way to send the octets of a content: there are none. */
    public static final int PREFERENCE = 1000;

    /** Octets of the line, with a URL of the longest. */
    static final int LINE = ImapUrl.LONGEST + 64;

    private static final String KEYWORD = "BURL";
    private static final String IMAP = "imap";
    private static final AttributeKey<Boolean> FETCHED = AttributeKey.of("burl-fetched", Scope.TRANSACTION);
    private static final AttributeKey<Boolean> PEER_IMAP = AttributeKey.of("burl-imap", Scope.TLS_EPOCH);
    private static final Pattern SYNTAX = Pattern.compile(" *([^ ]+)( +LAST)?", Pattern.CASE_INSENSITIVE);

    private static final Reply MALFORMED = Reply.of(501, "5.5.4", "Expected BURL imap-url [LAST]");
    private static final Reply STRANGER = Reply.of(530, "5.7.0", "Authentication required");
    private static final Reply NOBODY = Reply.of(554, "5.5.0", "No recipients have been specified");
    private static final Reply NO_TRUST = Reply.of(554, "5.7.14", "URL resolution requires trust relationship");
    private static final Reply NOT_YOURS = Reply.of(554, "5.7.0", "IMAP URL authorization failed");
    private static final Reply CANNOT = Reply.of(554, "5.3.3", "The server does not fetch content from IMAP servers");

    private final BurlConfig config;

    /** BURL without servers: not offered. */
    public BurlExtension() {
        this(BurlConfig.DEFAULT);
    }

    /** BURL with its servers. */
    @Inject
    public BurlExtension(BurlConfig config) {
        this.config = config;
    }

    /** Returns a mail whose content the submission server shall fetch: a whole message. */
    public static OutgoingMail mail(ReversePath reversePath, List<ForwardPath> recipients, ImapUrl content) {
        return OutgoingMail.of(reversePath, recipients, Body.of(new byte[0]))
                .withAttributes(Attributes.EMPTY.with(CONTENT, content));
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /** RFC 4468 §4. */
    @Override
    public Set<String> requires() {
        return Set.of("8BITMIME");
    }

    /** On submission, once there are servers to fetch from. */
    @Override
    public Set<Role> defaultRoles() {
        return config.servers().isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.of(Role.SUBMISSION);
    }

    /** Reads {@code largest}, {@code timeout}, and {@code servers}: a table for each. */
    @Override
    public Extension configured(Settings settings) {
        return new BurlExtension(BurlSettings.read(settings, config));
    }

    @Override
    public void server(ServerSide side) {
        boolean mends = side.repairsLineEnds();
        VerbSpec verb = VerbSpec.of(KEYWORD)
                .on(Role.SUBMISSION)
                .in(Phase.TRANSACTION)
                .with(Trait.SECRET)
                .line(LINE)
                .running(Stage.DATA)
                .followedBy(arguments -> OptionalLong.of(0)) // so that a mail is over from which a piece is missing
                .help("BURL <SP> imap-url [<SP> LAST]");
        side.keyword(KEYWORD, this::offer)
                .verb(verb, (VerbHandler & NonBlocking) this::burl)
                .content(ORDER, (ContentStage.Factory & NonBlocking)
                        (envelope, session) -> envelope.attributes().has(FETCHED)
                                ? new Textual(ContentStage.lines(mends))
                                : ContentStage.PASS);
    }

    /** Without words it says that it is there for those who log in (RFC 4468 §3.1). */
    private Optional<List<String>> offer(SessionView session) {
        if (config.servers().isEmpty() || session.role() != Role.SUBMISSION) {
            return Optional.empty();
        }
        return Optional.of(session.identity().isPresent() ? List.of(IMAP) : List.of());
    }

    private Step burl(Command command, Session session) throws SmtpException, IOException {
        Matcher words = SYNTAX.matcher(command.arguments());
        String user = session.identity()
                .orElseThrow(() -> new SmtpException(STRANGER))
                .name();
        if (session.recipients().isEmpty()) {
            throw new SmtpException(NOBODY);
        }
        if (!words.matches()) {
            throw new SmtpException(MALFORMED);
        }
        ImapUrl url = ImapUrl.of(words.group(1)).orElseThrow(() -> new SmtpException(MALFORMED));
        ImapServer server = server(url).orElseThrow(() -> new SmtpException(NO_TRUST));
        Optional<String> own = server.onBehalf() ? url.user() : Optional.empty();
        if (!url.submitter().or(() -> own).filter(user::equals).isPresent()) {
            throw new SmtpException(NOT_YOURS);
        }
        session.set(FETCHED, true);
        BodyReceiver mail = session.mail();
        return new Step.Octets(0, new Fetching(url, user, server, config, mail, words.group(2) != null));
    }

    private Optional<ImapServer> server(ImapUrl url) {
        return Optional.ofNullable(config.servers().get(url.server()));
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate(KEYWORD, words -> Optional.of(words.stream().anyMatch(IMAP::equalsIgnoreCase)), PEER_IMAP)
                .preparer(ORDER, (MailPreparer & NonBlocking) BurlExtension::prepared)
                .bodyWriter(KEYWORD, PREFERENCE, BurlExtension::framing);
    }

    private static OutgoingMail prepared(OutgoingMail mail, PeerView peer) throws SmtpException {
        if (mail.attributes().has(CONTENT) && !peer.get(PEER_IMAP).orElse(false)) {
            throw new SmtpException(CANNOT);
        }
        return mail;
    }

    /** The URL stands in the place of a last chunk without octets. */
    private static Optional<Framing> framing(OutgoingMail mail, PeerView peer) {
        return mail.attributes()
                .get(CONTENT)
                .map(url ->
                        new Framing.Chunked(1024, false, (octets, last) -> Command.of(KEYWORD, url.text() + " LAST")));
    }
}
