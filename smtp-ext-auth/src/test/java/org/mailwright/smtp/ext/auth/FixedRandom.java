package org.mailwright.smtp.ext.auth;

import java.security.SecureRandom;
import java.util.Random;

/** A source of random octets that gives the same ones in each run. */
public final class FixedRandom extends SecureRandom {

    private static final long serialVersionUID = 1;

    private final Random source = new Random(1);

    @Override
    public void nextBytes(byte[] bytes) {
        source.nextBytes(bytes);
    }
}
