package org.mailwright.smtp.ext.auth.mechanism;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Base64;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.scram.ScramHash;

/** The client's side of SCRAM as RFC 5802 section 3 writes it down, independent of our own client. */
final class Proof {

    private final ScramHash hash;
    private final Secret password;
    private final String bare;
    private final String header;
    private final String binding;
    private String expected = "";

    Proof(ScramHash hash, String password, String bare, String header, String bindingData) {
        this.hash = hash;
        this.password = Secret.of(password);
        this.bare = bare;
        this.header = header;
        this.binding = Base64.getEncoder().encodeToString((header + bindingData).getBytes(UTF_8));
    }

    Proof(ScramHash hash, String password, String bare, String header) {
        this(hash, password, bare, header, "");
    }

    String first() {
        return header + bare;
    }

    String answer(String challenge) {
        String[] parts = challenge.split(",", 3);
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        byte[] salted = hash.saltedPassword(password, salt, Integer.parseInt(parts[2].substring(2)));
        String unproved = "c=" + binding + "," + parts[0];
        byte[] authMessage = (bare + "," + challenge + "," + unproved).getBytes(UTF_8);
        byte[] clientKey = hash.hmac(salted, "Client Key".getBytes(UTF_8));
        byte[] signature = hash.hmac(hash.hash(clientKey), authMessage);
        byte[] serverKey = hash.hmac(salted, "Server Key".getBytes(UTF_8));
        expected = "v=" + Base64.getEncoder().encodeToString(hash.hmac(serverKey, authMessage));
        return unproved + ",p=" + Base64.getEncoder().encodeToString(ScramHash.xor(clientKey, signature));
    }

    /** Sends the proof, checks the server's signature and gives the empty response that comes next. */
    String confirm(Server server, String answer) throws IOException {
        assertEquals(expected, server.asks(answer));
        return "";
    }
}
