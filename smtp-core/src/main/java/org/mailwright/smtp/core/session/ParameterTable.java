package org.mailwright.smtp.core.session;

import java.util.Map;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.command.EsmtpParameter;
import org.mailwright.smtp.core.command.EsmtpParameters;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** The parameters that one command takes, by keyword. */
record ParameterTable(Map<String, Parameter<?>> known) {

    private static final Reply UNKNOWN = Reply.of(555, "5.5.4", "Parameter not recognized");

    ParameterTable {
        known = Map.copyOf(known);
    }

    /** Returns the values of the parameters that were given. */
    Attributes read(EsmtpParameters given) throws SmtpException {
        Attributes values = Attributes.EMPTY;
        for (EsmtpParameter parameter : given.list()) {
            Parameter<?> of = known.get(parameter.keyword());
            if (of == null) {
                throw new SmtpException(UNKNOWN);
            }
            values = with(values, of, parameter);
        }
        return values;
    }

    private static <T> Attributes with(Attributes values, Parameter<T> parameter, EsmtpParameter given)
            throws SmtpException {
        return values.with(parameter.key(), parameter.syntax().parse(given.value()));
    }
}
