package org.mailwright.smtp.ext.size;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * SIZE (RFC 1870): a server says how large a mail it takes, a client how large its mail is, and neither wastes time on
 * one that is too large.
 *
 * @since 0.1.0
 */
public final class SizeExtension implements Extension {

    /**
     * The octets that the client declared for a mail, on a server; those that are declared to the peer, on a client.
     */
    public static final AttributeKey<Long> DECLARED = AttributeKey.of("size", Scope.TRANSACTION);

    /** The limit that the peer of a client has stated, in octets; 0 for none. */
    public static final AttributeKey<Long> PEER_LIMIT = AttributeKey.of("size-limit", Scope.TLS_EPOCH);

    /** Where gate and preparer stand among those of their stage. */
    public static final int ORDER = 100;

    static final Reply TOO_LARGE = Reply.of(552, "5.3.4", "Message too large");

    private static final Parameter<Long> SIZE = new Parameter<>("SIZE", DECLARED, new SizeValue());

    private final SizeConfig config;

    /** SIZE with {@link SizeConfig#DEFAULT}. */
    public SizeExtension() {
        this(SizeConfig.DEFAULT);
    }

    /** SIZE with a limit. */
    @Inject
    public SizeExtension(SizeConfig config) {
        this.config = config;
    }

    @Override
    public String id() {
        return "SIZE";
    }

    /** Reads {@code limit}, such as "50MiB"; 0 for none. */
    @Override
    public Extension configured(Settings settings) {
        return settings.only("limit")
                .size("limit")
                .map(limit -> new SizeExtension(new SizeConfig(limit)))
                .orElse(this);
    }

    @Override
    public void server(ServerSide side) {
        List<String> limit = List.of(Long.toString(config.limit()));
        side.keyword("SIZE", session -> Optional.of(limit));
        side.mailParameter(SIZE);
        side.gate(Stage.MAIL, ORDER, (Gate<Stage.MailRequest> & NonBlocking) (session, request) ->
                request.attributes().get(DECLARED).filter(config::exceededBy).isPresent()
                        ? Verdict.refuse(TOO_LARGE)
                        : Verdict.pass());
        if (config.limit() > 0) {
            side.content(0, (ContentStage.Factory & NonBlocking) (envelope, session) -> new Counting());
        }
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate("SIZE", SizeValue::limit, PEER_LIMIT);
        side.mailParameter("SIZE", SIZE, WhenMissing.drop());
        side.preparer(ORDER, (MailPreparer & NonBlocking) SizeExtension::prepared);
    }

    /** Declares the size where it is known; does not even begin with a mail that the peer will not take. */
    private static OutgoingMail prepared(OutgoingMail mail, PeerView peer) throws SmtpException {
        OptionalLong size = mail.body().size();
        if (size.isEmpty()) {
            return mail;
        }
        long limit = peer.get(PEER_LIMIT).orElse(0L);
        if (limit > 0 && size.getAsLong() > limit) {
            throw new SmtpException(Reply.of(
                    552,
                    "5.3.4",
                    "Message of " + size.getAsLong() + " octets is larger than the " + limit + " that "
                            + Reply.printable(peer.host()) + " takes"));
        }
        return mail.withAttributes(mail.attributes().with(DECLARED, size.getAsLong()));
    }

    /** Counts what really comes, before anything is added to it. */
    private final class Counting implements ContentStage {

        private long octets;

        @Override
        public void write(ByteBuffer content, Next next) throws SmtpException, IOException {
            octets += content.remaining();
            if (config.exceededBy(octets)) {
                throw new SmtpException(TOO_LARGE);
            }
            next.write(content);
        }
    }
}
