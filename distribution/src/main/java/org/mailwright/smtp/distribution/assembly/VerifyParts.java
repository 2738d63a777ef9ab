package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.LocalPart;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.distribution.config.ListenerRole;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.distribution.config.UnknownRecipients;
import org.mailwright.smtp.ext.verify.Directory;
import org.mailwright.smtp.ext.verify.Entry;
import org.mailwright.smtp.ext.verify.Expansion;
import org.mailwright.smtp.ext.verify.Verification;
import org.mailwright.smtp.ext.verify.VerifyConfig;
import org.mailwright.smtp.ext.verify.VerifyExtension;
import org.mailwright.smtp.mailbox.alias.AliasMembers;

/** What a server has of smtp-ext-verify. */
final class VerifyParts {
    private VerifyParts() {}

    static Extension extension(ServerConfig config, LocalNames names) {
        VerifyConfig where = new VerifyConfig(
                roles(config.extensions().verify()), roles(config.extensions().expand()));
        boolean everybody = config.users().unknownRecipients() == UnknownRecipients.ACCEPT;
        return new VerifyExtension(
                where, everybody ? Directory.silent() : new Users(names, Domain.parse(config.mainDomain())));
    }

    private static Set<Role> roles(List<ListenerRole> roles) {
        Set<Role> set = EnumSet.noneOf(Role.class);
        roles.forEach(role -> set.add(Listeners.role(role)));
        return set;
    }

    /** Tells the users, aliases and lists of this server. */
    private record Users(LocalNames names, Domain domain) implements Directory {
        @Override
        public Verification verify(String name, SessionView session) throws IOException {
            Optional<Mailbox> mailbox = mailbox(name);
            if (mailbox.isEmpty()) {
                return new Verification.Unknown();
            }
            if (members(mailbox.get()).orElse(List.of()).size() > 1) {
                return new Verification.IsList();
            }
            try {
                return switch (names.addressees().standing(mailbox.get(), literal -> false)) {
                    case KNOWN -> new Verification.Local(Entry.of(mailbox.get()));
                    case UNKNOWN -> new Verification.Unknown();
                    case FOREIGN -> new Verification.Unverified();
                };
            } catch (SmtpException e) {
                return new Verification.Unknown(); // an alias that leads nowhere: RCPT refuses it
            }
        }

        @Override
        public Expansion expand(String name, SessionView session) throws IOException {
            Optional<List<Mailbox>> members = mailbox(name).flatMap(this::members);
            if (members.isPresent()) {
                return members.get().isEmpty()
                        ? new Expansion.Undisclosed()
                        : new Expansion.Members(
                                members.get().stream().map(Entry::of).toList());
            }
            return verify(name, session) instanceof Verification.Local
                    ? new Expansion.IsUser()
                    : new Expansion.Unknown();
        }

        private Optional<List<Mailbox>> members(Mailbox mailbox) {
            return new AliasMembers(names.aliases(), names.recipients()).of(mailbox);
        }

        /** A mailbox in brackets or without, or the name of a user of the main domain. */
        private Optional<Mailbox> mailbox(String name) {
            String bare = name.startsWith("<") && name.endsWith(">") ? name.substring(1, name.length() - 1) : name;
            try {
                return Optional.of(
                        bare.indexOf('@') >= 0 ? Mailbox.parse(bare) : new Mailbox(LocalPart.parse(bare), domain));
            } catch (AddressSyntaxException e) {
                return Optional.empty();
            }
        }
    }
}
