package org.mailwright.smtp.examples;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.Postmaster;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.Recipient;

/**
 * Recipients are looked up in a database, by plain blocking code.
 *
 * <p>A gate says pass, refuse or drop; this one is asked at each RCPT. It simply blocks: whatever is not marked
 * {@code NonBlocking} runs on a virtual thread, so thousands of sessions may wait for the database at once and none of
 * them holds up another. When the database is away the {@link IOException} becomes 451: the client tries again later,
 * the log has the cause, and the server lives on. Install it with {@code builder.gate(Stage.RCPT, gate)}; the relay
 * gate is asked before it, so only recipients of local domains are looked up.
 */
public final class DatabaseRecipients implements Gate<Recipient> {

    private static final String QUERY = "SELECT 1 FROM mailboxes WHERE address = ?";

    private final DataSource database;

    public DatabaseRecipients(DataSource database) {
        this.database = database;
    }

    @Override
    public Verdict judge(SessionView session, Recipient recipient) throws IOException {
        return switch (recipient.path()) {
            case Postmaster postmaster -> Verdict.pass(); // RCPT TO:<Postmaster>: has to work everywhere
            case Mailbox mailbox when exists(mailbox) -> Verdict.pass();
            case Mailbox mailbox -> Verdict.refuse(550, "5.1.1", "No such user here");
        };
    }

    private boolean exists(Mailbox mailbox) throws IOException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setString(1, mailbox.toString().toLowerCase(Locale.ROOT));
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new IOException("cannot look up " + mailbox, e);
        }
    }
}
