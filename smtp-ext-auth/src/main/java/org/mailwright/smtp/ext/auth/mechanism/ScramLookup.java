package org.mailwright.smtp.ext.auth.mechanism;

import java.io.IOException;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.scram.ScramKeys;
import org.mailwright.smtp.ext.auth.store.CredentialStore;
import org.mailwright.smtp.ext.auth.store.Decoys;

/** Finds the keys of a user for one hash, or makes ones that look like his. */
record ScramLookup(ScramHash hash, CredentialStore store, Decoys decoys) {

    /** The keys to show, and whether they are real. */
    record Found(ScramKeys keys, boolean real) {}

    Found find(Username user) throws IOException {
        // The decoy is made for real users too, so that both take the same time.
        ScramKeys decoy = decoys.keys(hash, user);
        Optional<ScramKeys> keys = store.find(user)
                .flatMap(credentials -> Optional.ofNullable(credentials.scram().get(hash)));
        return new Found(keys.orElse(decoy), keys.isPresent());
    }
}
