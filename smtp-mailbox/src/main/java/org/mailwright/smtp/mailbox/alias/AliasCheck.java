package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.LocalRecipients;

/**
 * Looks whether every alias of a file leads somewhere. A server does without: there, one that leads nowhere is refused
 * when somebody writes to it, and the others hold.
 *
 * @since 0.1.0
 */
public final class AliasCheck {
    private final LocalNames names;
    private final AliasLimits limits;

    /**
     * A check.
     *
     * @param recipients which domains are local, and who has a mailbox
     * @param limits those of the router
     */
    public AliasCheck(LocalRecipients recipients, AliasLimits limits) {
        this.names = LocalNames.of(recipients);
        this.limits = limits;
    }

    /**
     * Follows each alias; forwards of users are left out.
     *
     * @throws AliasFileException naming the line of the first that leads in a circle or too far
     * @throws IOException when the file cannot be read, or users cannot be looked up
     */
    public void run(Path file) throws IOException {
        AliasTable table = AliasTable.read(file);
        List<Alias> all =
                table.all().sorted(Comparator.comparingInt(Alias::line)).toList();
        for (Alias alias : all) {
            Optional<SmtpException> fault = fault(table, alias);
            if (fault.isPresent()) {
                String problem = fault.get().reply().text();
                throw new AliasFileException(
                        file,
                        alias.line(),
                        "expected an alias that leads to somebody, found " + AddressText.shown(alias.name()) + ": "
                                + problem.substring(0, 1).toLowerCase(Locale.ROOT) + problem.substring(1));
            }
        }
    }

    private Optional<SmtpException> fault(AliasTable table, Alias alias) throws IOException {
        try {
            new Expansion(table, names, literal -> false, Forwards.NONE, limits).of(alias);
            return Optional.empty();
        } catch (SmtpException e) {
            return Optional.of(e);
        }
    }
}
