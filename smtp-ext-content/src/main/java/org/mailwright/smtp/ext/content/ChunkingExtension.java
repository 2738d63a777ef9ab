package org.mailwright.smtp.ext.content;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.BodyReceiver;
import org.mailwright.smtp.core.extension.BodyWriter.Framing;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * CHUNKING (RFC 3030 §2): content comes in chunks of a known size, behind the verb BDAT, and not in lines up to a dot.
 * A client sends large and binary mails so.
 *
 * @since 0.1.0
 */
public final class ChunkingExtension implements Extension {

    /** Where the stage stands that looks at line ends: behind one that counts octets, before all others. */
    public static final int ORDER = 10;

    /** How much a client prefers it to DATA. */
    public static final int PREFERENCE = 100;

    /** Whether the content of this mail comes in chunks. */
    static final AttributeKey<Boolean> CHUNKED = AttributeKey.of("chunked", Scope.TRANSACTION);

    static final String KEYWORD = "CHUNKING";

    private static final AttributeKey<Chunks> SO_FAR = AttributeKey.of("chunks", Scope.TRANSACTION);
    private static final Reply MALFORMED = Reply.of(501, "5.5.4", "Expected BDAT octets [LAST]");
    private static final Reply WASTEFUL = Reply.of(554, "5.5.0", "Too many small chunks");

    private final ChunkingConfig config;

    /** CHUNKING with {@link ChunkingConfig#DEFAULT}. */
    public ChunkingExtension() {
        this(ChunkingConfig.DEFAULT);
    }

    /** CHUNKING with a configuration. */
    @Inject
    public ChunkingExtension(ChunkingConfig config) {
        this.config = config;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /** Reads {@code from} and {@code chunk}, such as "256KiB". */
    @Override
    public Extension configured(Settings settings) {
        settings.only("from", "chunk");
        return new ChunkingExtension(new ChunkingConfig(
                settings.size("from").orElse(config.from()),
                settings.size("chunk")
                        .map(chunk -> (int) Math.min(chunk, Integer.MAX_VALUE))
                        .orElse(config.chunk())));
    }

    @Override
    public void server(ServerSide side) {
        VerbSpec verb = VerbSpec.of("BDAT")
                .in(Phase.TRANSACTION)
                .running(Stage.DATA)
                .followedBy(Bdat::octets)
                .help("BDAT <SP> octets [<SP> LAST]");
        boolean mends = side.repairsLineEnds();
        side.keyword(KEYWORD);
        side.verb(verb, (VerbHandler & NonBlocking) ChunkingExtension::bdat);
        side.content(
                ORDER, (ContentStage.Factory & NonBlocking) (envelope, session) -> lines(envelope.attributes(), mends));
    }

    private static Step bdat(Command command, Session session) throws SmtpException, IOException {
        Bdat chunk = Bdat.parse(command.arguments()).orElseThrow(() -> new SmtpException(MALFORMED));
        session.set(CHUNKED, true);
        BodyReceiver mail = session.mail();
        Chunks chunks = session.get(SO_FAR).orElse(Chunks.NONE).and(chunk);
        if (chunks.wasteful()) {
            throw new SmtpException(WASTEFUL);
        }
        session.set(SO_FAR, chunks);
        return new Step.Octets(chunk.octets(), chunk.last() ? mail : new Chunk(mail, chunk.octets()));
    }

    private static ContentStage lines(Attributes mail, boolean mends) {
        if (!mail.has(CHUNKED) || BinaryMimeExtension.isBinary(mail)) {
            return ContentStage.PASS;
        }
        return ContentStage.lines(mends);
    }

    @Override
    public void client(ClientSide side) {
        side.bodyWriter(KEYWORD, PREFERENCE, this::framing);
    }

    private Optional<Framing> framing(OutgoingMail mail, PeerView peer) {
        boolean binary = BinaryMimeExtension.isBinary(mail.attributes());
        boolean large = mail.body().size().orElse(0) >= config.from();
        return binary || large
                ? Optional.of(new Framing.Chunked(config.chunk(), !binary, Bdat::command))
                : Optional.empty();
    }
}
