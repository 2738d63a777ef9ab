package org.mailwright.smtp.ext.content;

import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * The values of BODY that one extension knows: BINARYMIME adds one to those of 8BITMIME.
 *
 * @param known which
 */
record BodyValues(Set<BodyType> known) implements Parameter.Syntax<BodyType> {

    private static final Reply UNKNOWN = Reply.of(501, "5.5.4", "BODY: missing or unknown value");

    static Parameter<BodyType> parameter(BodyType... known) {
        return new Parameter<>("BODY", BodyType.KEY, new BodyValues(Set.of(known)));
    }

    @Override
    public BodyType parse(Optional<String> value) throws SmtpException {
        return value.flatMap(BodyType::of).filter(known::contains).orElseThrow(() -> new SmtpException(UNKNOWN));
    }

    @Override
    public Optional<String> render(BodyType value) {
        return Optional.of(value.keyword());
    }

    @Override
    public boolean isPartial() {
        return true;
    }

    @Override
    public boolean takes(BodyType value) {
        return known.contains(value);
    }
}
