package org.mailwright.smtp.distribution.assembly;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.ext.burl.BurlExtension;
import org.mailwright.smtp.ext.content.BinaryMimeExtension;
import org.mailwright.smtp.ext.content.ChunkingExtension;
import org.mailwright.smtp.ext.content.ConnegExtension;
import org.mailwright.smtp.ext.content.ConpermExtension;
import org.mailwright.smtp.ext.content.EightBitMimeExtension;
import org.mailwright.smtp.ext.content.PrdrExtension;
import org.mailwright.smtp.ext.content.SmtpUtf8Extension;
import org.mailwright.smtp.ext.dsn.DsnExtension;
import org.mailwright.smtp.ext.dsn.MtrkExtension;
import org.mailwright.smtp.ext.limits.LimitsExtension;
import org.mailwright.smtp.ext.policy.NoSolicitingExtension;
import org.mailwright.smtp.ext.policy.RrvsExtension;
import org.mailwright.smtp.ext.policy.SubmitterExtension;
import org.mailwright.smtp.ext.proxy.ProxyExtension;
import org.mailwright.smtp.ext.proxy.XclientExtension;
import org.mailwright.smtp.ext.proxy.XforwardExtension;
import org.mailwright.smtp.ext.schedule.DeliverByExtension;
import org.mailwright.smtp.ext.schedule.FutureReleaseExtension;
import org.mailwright.smtp.ext.schedule.MtPriorityExtension;
import org.mailwright.smtp.ext.tls.RequireTlsExtension;
import org.mailwright.smtp.ext.verify.HelpExtension;

/**
 * The extensions that belong to the server, as long as their jars are there. Those with a maker need nothing of the
 * server; the makers are lambdas with a body, so that a class is looked for only when it is made.
 */
@SuppressWarnings({"ImmutableEnumChecker", "UnnecessaryMethodReference"}) // makers keep nothing
enum Bundled {
    SIZE("SIZE", "org.mailwright.smtp.ext.size.SizeExtension"),
    EIGHT_BIT_MIME("8BITMIME", "org.mailwright.smtp.ext.content.EightBitMimeExtension", () -> {
        return new EightBitMimeExtension();
    }),
    CHUNKING("CHUNKING", "org.mailwright.smtp.ext.content.ChunkingExtension", () -> {
        return new ChunkingExtension();
    }),
    BINARY_MIME("BINARYMIME", "org.mailwright.smtp.ext.content.BinaryMimeExtension", () -> {
        return new BinaryMimeExtension();
    }),
    SMTP_UTF8("SMTPUTF8", "org.mailwright.smtp.ext.content.SmtpUtf8Extension", () -> {
        return new SmtpUtf8Extension();
    }),
    PRDR("PRDR", "org.mailwright.smtp.ext.content.PrdrExtension", () -> {
        return new PrdrExtension();
    }),
    STARTTLS("STARTTLS", "org.mailwright.smtp.ext.tls.StartTlsExtension"),
    REQUIRE_TLS("REQUIRETLS", "org.mailwright.smtp.ext.tls.RequireTlsExtension", () -> {
        return new RequireTlsExtension();
    }),
    AUTH("AUTH", "org.mailwright.smtp.ext.auth.AuthExtension"),
    DSN("DSN", "org.mailwright.smtp.ext.dsn.DsnExtension", () -> {
        return new DsnExtension();
    }),
    MTRK("MTRK", "org.mailwright.smtp.ext.dsn.MtrkExtension", () -> {
        return new MtrkExtension();
    }),
    BURL("BURL", "org.mailwright.smtp.ext.burl.BurlExtension", () -> {
        return new BurlExtension();
    }),
    CONNEG("CONNEG", "org.mailwright.smtp.ext.content.ConnegExtension", () -> {
        return new ConnegExtension();
    }),
    CONPERM("CONPERM", "org.mailwright.smtp.ext.content.ConpermExtension", () -> {
        return new ConpermExtension();
    }),
    DELIVER_BY("DELIVERBY", "org.mailwright.smtp.ext.schedule.DeliverByExtension", () -> {
        return new DeliverByExtension();
    }),
    FUTURE_RELEASE("FUTURERELEASE", "org.mailwright.smtp.ext.schedule.FutureReleaseExtension", () -> {
        return new FutureReleaseExtension();
    }),
    MT_PRIORITY("MT-PRIORITY", "org.mailwright.smtp.ext.schedule.MtPriorityExtension", () -> {
        return new MtPriorityExtension();
    }),
    LIMITS("LIMITS", "org.mailwright.smtp.ext.limits.LimitsExtension", () -> {
        return new LimitsExtension();
    }),
    NO_SOLICITING("NO-SOLICITING", "org.mailwright.smtp.ext.policy.NoSolicitingExtension", () -> {
        return new NoSolicitingExtension();
    }),
    RRVS("RRVS", "org.mailwright.smtp.ext.policy.RrvsExtension", () -> {
        return new RrvsExtension();
    }),
    SUBMITTER("SUBMITTER", "org.mailwright.smtp.ext.policy.SubmitterExtension", () -> {
        return new SubmitterExtension();
    }),
    PROXY("PROXY", "org.mailwright.smtp.ext.proxy.ProxyExtension", () -> {
        return new ProxyExtension();
    }),
    XCLIENT("XCLIENT", "org.mailwright.smtp.ext.proxy.XclientExtension", () -> {
        return new XclientExtension();
    }),
    XFORWARD("XFORWARD", "org.mailwright.smtp.ext.proxy.XforwardExtension", () -> {
        return new XforwardExtension();
    }),
    ETRN("ETRN", "org.mailwright.smtp.ext.turn.EtrnExtension"),
    ATRN("ATRN", "org.mailwright.smtp.ext.turn.AtrnExtension"),
    TURN("TURN", "org.mailwright.smtp.ext.turn.TurnExtension"),
    VERIFY("VRFY", "org.mailwright.smtp.ext.verify.VerifyExtension"),
    HELP("HELP", "org.mailwright.smtp.ext.verify.HelpExtension", () -> {
        return new HelpExtension();
    });

    /** What the server itself has, and what can be turned off all the same. */
    static final List<String> ALWAYS = List.of("PIPELINING", "ENHANCEDSTATUSCODES");

    private final String id;
    private final String className;
    private final Optional<Supplier<Extension>> maker;

    Bundled(String id, String className) {
        this.id = id;
        this.className = className;
        this.maker = Optional.empty();
    }

    Bundled(String id, String className, Supplier<Extension> maker) {
        this.id = id;
        this.className = className;
        this.maker = Optional.of(maker);
    }

    String id() {
        return id;
    }

    /** Makes it, where it needs nothing of the server. */
    Optional<Extension> make() {
        return maker.map(Supplier::get);
    }

    /** Finds the one of that identifier. */
    static Optional<Bundled> find(String id) {
        return Arrays.stream(values()).filter(one -> one.id.equals(id)).findFirst();
    }

    /** Tells whether its jar is there. */
    boolean isPresent() {
        String resource = className.replace('.', '/') + ".class";
        return Bundled.class.getClassLoader().getResource(resource) != null;
    }
}
