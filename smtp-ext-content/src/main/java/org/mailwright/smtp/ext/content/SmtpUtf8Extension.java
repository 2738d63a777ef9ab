package org.mailwright.smtp.ext.content;

import jakarta.inject.Inject;
import java.util.Set;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.extension.WhenMissing;

/**
 * SMTPUTF8 (RFC 6531): addresses and headers in UTF-8. A client declares a mail that needs it, and does not send it to
 * a peer that does not take it; nothing is downgraded but domains, which have a form in US-ASCII.
 *
 * @since 0.1.0
 */
public final class SmtpUtf8Extension implements Extension {

    /** Where its preparer stands: before those that look at the body. */
    public static final int ORDER = 30;

    static final String KEYWORD = "SMTPUTF8";

    private static final Parameter<Boolean> PARAMETER = Parameter.flag(KEYWORD, WellKnown.INTERNATIONALIZED);

    private final SmtpUtf8Config config;

    /** SMTPUTF8 with {@link SmtpUtf8Config#DEFAULT}. */
    public SmtpUtf8Extension() {
        this(SmtpUtf8Config.DEFAULT);
    }

    /** SMTPUTF8 with a configuration. */
    @Inject
    public SmtpUtf8Extension(SmtpUtf8Config config) {
        this.config = config;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /** Requires 8BITMIME, as RFC 6531 §3.1 does. */
    @Override
    public Set<String> requires() {
        return Set.of(EightBitMimeExtension.KEYWORD);
    }

    /** Reads {@code detect}. */
    @Override
    public Extension configured(Settings settings) {
        return settings.only("detect")
                .flag("detect")
                .map(detect -> new SmtpUtf8Extension(new SmtpUtf8Config(detect)))
                .orElse(this);
    }

    @Override
    public void server(ServerSide side) {
        side.keyword(KEYWORD).mailParameter(PARAMETER);
    }

    @Override
    public void client(ClientSide side) {
        side.mailParameter(KEYWORD, PARAMETER, WhenMissing.drop());
        side.preparer(ORDER, new SmtpUtf8Preparer(config.detect()));
    }
}
