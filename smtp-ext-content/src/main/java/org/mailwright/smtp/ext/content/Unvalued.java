package org.mailwright.smtp.ext.content;

import java.util.Optional;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** The syntax of a parameter that is there or not. */
record Unvalued(Reply refusal) implements Parameter.Syntax<Boolean> {

    static Unvalued of(String keyword) {
        return new Unvalued(Reply.of(501, "5.5.4", keyword + " has no value"));
    }

    @Override
    public Boolean parse(Optional<String> value) throws SmtpException {
        if (value.isPresent()) {
            throw new SmtpException(refusal);
        }
        return true;
    }

    @Override
    public Optional<String> render(Boolean value) {
        return Optional.empty();
    }
}
