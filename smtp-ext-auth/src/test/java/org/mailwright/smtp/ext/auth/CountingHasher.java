package org.mailwright.smtp.ext.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.store.PasswordHasher;

/** A hasher that is fast and remembers what it was asked to check. */
public final class CountingHasher implements PasswordHasher {

    /** The hashes that passwords were compared with. */
    public final List<String> verified = new ArrayList<>();

    @Override
    public String hash(Secret password) {
        return "$test$" + HexFormat.of().formatHex(password.octets());
    }

    @Override
    public boolean verify(String hash, Secret password) {
        verified.add(hash);
        return hash.equals(hash(password));
    }

    @Override
    public boolean recognises(String hash) {
        return hash.startsWith("$test$");
    }

    @Override
    public String decoy() {
        return "$test$" + HexFormat.of().formatHex("a decoy".getBytes(UTF_8));
    }
}
