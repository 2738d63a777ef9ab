package org.mailwright.smtp.ext.content;

import java.util.EnumSet;
import java.util.Set;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.Role;

/**
 * CONPERM (RFC 4141 §4): a sender permits conversions of the content, and wants the mail back where one is needed and
 * not done. Nothing is converted here (§3.1 allows that): the permission is kept, goes on to a host that offers it, and
 * else the mail comes back. A local recipient gets the content as it came.
 *
 * <p>No listener has it unless its configuration names it: whoever offers it knows that the hosts behind him have it.
 *
 * @since 0.1.0
 */
public final class ConpermExtension implements Extension {

    /** Whether conversion is permitted, and required where it is needed. */
    public static final AttributeKey<Boolean> CONPERM = AttributeKey.durable(
            "conperm",
            Scope.TRANSACTION,
            new AttributeKey.Codec<>(value -> Boolean.toString(value), Boolean::parseBoolean));

    static final String KEYWORD = "CONPERM";

    private static final Parameter<Boolean> PARAMETER = new Parameter<>(KEYWORD, CONPERM, Unvalued.of(KEYWORD));

    @Override
    public String id() {
        return KEYWORD;
    }

    /** A client has to ask what the recipients of such a mail can take (RFC 4141 §3.2). */
    @Override
    public Set<String> requires() {
        return Set.of(ConnegExtension.KEYWORD);
    }

    @Override
    public Set<Role> defaultRoles() {
        return EnumSet.noneOf(Role.class);
    }

    @Override
    public void server(ServerSide side) {
        side.keyword(KEYWORD).mailParameter(PARAMETER);
    }

    @Override
    public void client(ClientSide side) {
        side.mailParameter(KEYWORD, PARAMETER, WhenMissing.fail(554, "5.6.3", "Conversion required but not supported"));
    }
}
