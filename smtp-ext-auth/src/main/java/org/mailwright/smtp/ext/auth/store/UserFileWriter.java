package org.mailwright.smtp.ext.auth.store;

import java.nio.charset.StandardCharsets;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.scram.ScramKeys;

/** Writes the content of a user file. */
final class UserFileWriter {

    private static final String HEADER = """
        # Users and their salted hashes. "mailwright user" writes this file anew and keeps no comments.
        """;

    private UserFileWriter() {}

    static byte[] write(UserTable table) {
        StringBuilder text = new StringBuilder(HEADER);
        table.decoyKey().ifPresent(key -> assign(text, UserFileReader.DECOY_KEY, key));
        for (Credentials credentials : table.users().values()) {
            text.append("\n[[user]]\n");
            assign(text, UserFileReader.ADDRESS, credentials.user().value());
            credentials.passwordHash().ifPresent(hash -> assign(text, UserFileReader.ARGON2ID, hash));
            for (ScramHash hash : ScramHash.values()) {
                ScramKeys keys = credentials.scram().get(hash);
                if (keys != null) {
                    assign(text, UserFileReader.scramKey(hash), keys.text());
                }
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void assign(StringBuilder text, String key, String value) {
        text.append(key).append(" = ").append(QuotedText.write(value)).append('\n');
    }
}
