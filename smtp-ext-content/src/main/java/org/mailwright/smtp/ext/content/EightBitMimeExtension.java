package org.mailwright.smtp.ext.content;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.ext.content.EightBitMimeConfig.Missing;

/**
 * 8BITMIME (RFC 6152): a server takes octets beyond US-ASCII, a client tells of them, and converts the content for a
 * peer that does not take them.
 *
 * @since 0.1.0
 */
public final class EightBitMimeExtension implements Extension {

    /** Where its preparer stands: before any that looks at the size of the content. */
    public static final int ORDER = 50;

    static final String KEYWORD = "8BITMIME";

    private static final Parameter<BodyType> BODY = BodyValues.parameter(BodyType.SEVEN_BIT, BodyType.EIGHT_BIT_MIME);

    private final EightBitMimeConfig config;

    /** 8BITMIME with {@link EightBitMimeConfig#DEFAULT}. */
    public EightBitMimeExtension() {
        this(EightBitMimeConfig.DEFAULT);
    }

    /** 8BITMIME with a configuration. */
    @Inject
    public EightBitMimeExtension(EightBitMimeConfig config) {
        this.config = config;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /** Reads {@code missing}: "convert", "refuse" or "send". */
    @Override
    public Extension configured(Settings settings) {
        return settings.only("missing")
                .read("missing", "convert, refuse or send", EightBitMimeExtension::missing)
                .map(missing -> new EightBitMimeExtension(new EightBitMimeConfig(missing)))
                .orElse(this);
    }

    private static Optional<Missing> missing(Object value) {
        return Arrays.stream(Missing.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst();
    }

    @Override
    public void server(ServerSide side) {
        side.keyword(KEYWORD).mailParameter(BODY);
    }

    @Override
    public void client(ClientSide side) {
        side.mailParameter(KEYWORD, BODY, WhenMissing.drop());
        side.preparer(ORDER, new EightBitPreparer(config.missing())).seesToEightBit();
    }
}
