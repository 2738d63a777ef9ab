package org.mailwright.smtp.ext.auth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.mailwright.smtp.core.text.Utf8;
import org.mailwright.smtp.ext.auth.sasl.ClientAnswer;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;
import org.mailwright.smtp.ext.auth.scram.Gs2Header;
import org.mailwright.smtp.ext.auth.scram.SaslName;
import org.mailwright.smtp.ext.auth.scram.ScramAttributes;
import org.mailwright.smtp.ext.auth.scram.ScramHash;

/** The dialogue of SCRAM on the client (RFC 5802 section 5). */
final class ScramClientExchange implements ClientExchange {

    private static final int MAX_SALT = 1024;

    private enum State {
        ASKING,
        PROVED,
        COMPLETE,
        BROKEN
    }

    private final ScramHash hash;
    private final ClientCredentials.Password credentials;
    private final ScramBounds bounds;
    private final String header;
    private final byte[] bindingInput;
    private final String bare;
    private final String nonce;
    private State state = State.ASKING;
    private byte[] expectedSignature = new byte[0];

    ScramClientExchange(
            ScramHash hash,
            ClientCredentials.Password credentials,
            ScramBounds bounds,
            Gs2Header.Flag flag,
            byte[] bindingData,
            String nonce) {
        this.hash = hash;
        this.credentials = credentials;
        this.bounds = bounds;
        this.header = new Gs2Header(flag, credentials.authorizationId()).text();
        byte[] headerOctets = header.getBytes(UTF_8);
        this.bindingInput = Arrays.copyOf(headerOctets, headerOctets.length + bindingData.length);
        System.arraycopy(bindingData, 0, bindingInput, headerOctets.length, bindingData.length);
        this.nonce = nonce;
        this.bare = "n=" + SaslName.encode(credentials.user()) + ",r=" + nonce;
    }

    @Override
    public Optional<byte[]> initial() {
        return Optional.of((header + bare).getBytes(UTF_8));
    }

    @Override
    public ClientAnswer step(byte[] challenge) {
        State now = state;
        state = State.BROKEN;
        return switch (now) {
            case ASKING -> prove(challenge);
            case PROVED -> verify(challenge);
            case COMPLETE -> new ClientAnswer.Abort("the server goes on after its signature");
            case BROKEN -> new ClientAnswer.Abort("the attempt has already failed");
        };
    }

    @Override
    public boolean complete() {
        return state == State.COMPLETE;
    }

    private ClientAnswer prove(byte[] challenge) {
        String message = Utf8.decode(challenge).orElse("");
        Optional<ScramAttributes> attributes = ScramAttributes.parse(message);
        // An m= in the first place is an extension that we do not know and must not ignore.
        Optional<String> serverNonce = attributes.flatMap(a -> a.nonceAt(0));
        Optional<byte[]> salt = attributes.flatMap(a -> a.octetsAt(1, 's')).filter(s -> s.length <= MAX_SALT);
        Optional<String> count = attributes.flatMap(a -> a.at(2, 'i')).filter(i -> i.matches("[1-9][0-9]{0,9}"));
        if (serverNonce.isEmpty() || salt.isEmpty() || count.isEmpty()) {
            return new ClientAnswer.Abort("the server's challenge is not r=nonce,s=salt,i=iterations");
        }
        if (!serverNonce.get().startsWith(nonce) || serverNonce.get().length() == nonce.length()) {
            return new ClientAnswer.Abort("the server has not taken up the nonce");
        }
        long iterations = Long.parseLong(count.get());
        if (iterations < bounds.minimum() || iterations > bounds.maximum()) {
            return new ClientAnswer.Abort("the server asks for " + iterations + " iterations; " + bounds.minimum()
                    + " to " + bounds.maximum() + " are allowed");
        }
        String unproved = "c=" + Base64.getEncoder().encodeToString(bindingInput) + ",r=" + serverNonce.get();
        byte[] authMessage = (bare + ',' + message + ',' + unproved).getBytes(UTF_8);
        byte[] salted = hash.saltedPassword(credentials.password(), salt.get(), (int) iterations);
        byte[] clientKey = hash.clientKey(salted);
        byte[] proof = ScramHash.xor(clientKey, hash.hmac(hash.hash(clientKey), authMessage));
        expectedSignature = hash.hmac(hash.serverKey(salted), authMessage);
        state = State.PROVED;
        Arrays.fill(salted, (byte) 0);
        Arrays.fill(clientKey, (byte) 0);
        return ClientAnswer.Respond.of(unproved + ",p=" + Base64.getEncoder().encodeToString(proof));
    }

    private ClientAnswer verify(byte[] challenge) {
        Optional<ScramAttributes> attributes = Utf8.decode(challenge).flatMap(ScramAttributes::parse);
        if (attributes.flatMap(a -> a.at(0, 'e')).isPresent()) {
            return new ClientAnswer.Abort("the server says that the proof is wrong");
        }
        Optional<byte[]> shown = attributes.flatMap(a -> a.octetsAt(0, 'v'));
        if (shown.isEmpty() || !MessageDigest.isEqual(expectedSignature, shown.get())) {
            return new ClientAnswer.Abort("the server's signature is wrong: it does not know the password");
        }
        state = State.COMPLETE;
        return new ClientAnswer.Respond(new byte[0]);
    }
}
