package org.mailwright.smtp.ext.auth.store;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The content of a user file: the users by name, and the key, in base64, for the salts of unknown users. */
record UserTable(Optional<String> decoyKey, SortedMap<String, Credentials> users) {

    static final int DECOY_KEY_OCTETS = 32;

    /** No users; no key until the table is written for the first time. */
    static final UserTable EMPTY = new UserTable(Optional.empty(), new TreeMap<>());

    /** A changed copy, which has a key in any case. */
    UserTable with(Consumer<SortedMap<String, Credentials>> change, SecureRandom random) {
        SortedMap<String, Credentials> changed = new TreeMap<>(users);
        change.accept(changed);
        return new UserTable(decoyKey.or(() -> Optional.of(newKey(random))), changed);
    }

    private static String newKey(SecureRandom random) {
        byte[] key = new byte[DECOY_KEY_OCTETS];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    @Override
    public String toString() {
        return "UserTable[" + users.size() + " users]";
    }
}
