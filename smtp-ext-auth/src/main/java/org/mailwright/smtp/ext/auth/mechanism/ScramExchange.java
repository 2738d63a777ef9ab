package org.mailwright.smtp.ext.auth.mechanism;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.mailwright.smtp.core.text.Utf8;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.ChannelBinding;
import org.mailwright.smtp.ext.auth.sasl.SaslContext;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.ServerExchange;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.Gs2Header;
import org.mailwright.smtp.ext.auth.scram.Gs2Header.Flag;
import org.mailwright.smtp.ext.auth.scram.SaslName;
import org.mailwright.smtp.ext.auth.scram.ScramAttributes;

/** The dialogue of SCRAM on the server (RFC 5802 section 5). */
final class ScramExchange implements ServerExchange {

    private sealed interface State {
        record First() implements State {}

        record Asked(
                Username user,
                Optional<Username> requested,
                ScramLookup.Found found,
                String binding,
                String nonce,
                String messages)
                implements State {}

        record Proved(SaslStep.Success outcome) implements State {}

        record Over() implements State {}
    }

    /** The client's part; it comes back in a challenge, which must fit into one line of a reply. */
    private static final int LONGEST_NONCE = 200;

    private final ScramLookup lookup;
    private final boolean plus;
    private final Authorizer authorizer;
    private final SaslContext context;
    private final String serverNonce;
    private State state = new State.First();

    ScramExchange(ScramLookup lookup, boolean plus, Authorizer authorizer, SaslContext context, String serverNonce) {
        this.lookup = lookup;
        this.plus = plus;
        this.authorizer = authorizer;
        this.context = context;
        this.serverNonce = serverNonce;
    }

    @Override
    public SaslStep step(byte[] response) throws IOException {
        State now = state;
        state = new State.Over();
        return switch (now) {
            case State.First() -> first(response);
            case State.Asked asked -> proof(asked, response);
            case State.Proved(SaslStep.Success outcome) ->
                response.length == 0 ? outcome : SaslStep.malformed("expected an empty response to the signature");
            case State.Over() -> SaslStep.malformed("the exchange is over");
        };
    }

    private SaslStep first(byte[] response) throws IOException {
        Optional<Gs2Header.Parsed> parsed = Utf8.decode(response).flatMap(Gs2Header::parse);
        if (parsed.isEmpty()) {
            return SaslStep.malformed("no GS2 header");
        }
        Optional<byte[]> binding = binding(parsed.get().header().flag());
        if (binding.isEmpty()) {
            return SaslStep.denied(
                    "channel binding does not fit: " + parsed.get().header().flag());
        }
        String bare = parsed.get().rest();
        Optional<ScramAttributes> attributes = ScramAttributes.parse(bare);
        // An m= before the name is an extension that we would have to understand (RFC 5802 section 5.1).
        Optional<Username> user =
                attributes.flatMap(a -> a.at(0, 'n')).flatMap(SaslName::decode).flatMap(Username::parse);
        Optional<String> clientNonce = attributes.flatMap(a -> a.nonceAt(1)).filter(n -> n.length() <= LONGEST_NONCE);
        Optional<String> authzid = parsed.get().header().authorizationId();
        Optional<Username> requested = authzid.flatMap(Username::parse);
        if (user.isEmpty() || clientNonce.isEmpty() || authzid.isPresent() != requested.isPresent()) {
            return SaslStep.malformed("expected n=name,r=nonce");
        }
        return ask(
                user.get(),
                requested,
                bindingInput(parsed.get().text(), binding.get()),
                bare,
                clientNonce.get() + serverNonce);
    }

    private SaslStep ask(Username user, Optional<Username> requested, String binding, String bare, String nonce)
            throws IOException {
        ScramLookup.Found found = lookup.find(user);
        String question = "r=" + nonce + ",s="
                + Base64.getEncoder().encodeToString(found.keys().salt()) + ",i="
                + found.keys().iterations();
        state = new State.Asked(user, requested, found, binding, nonce, bare + ',' + question + ',');
        return SaslStep.Challenge.of(question);
    }

    private SaslStep proof(State.Asked asked, byte[] response) {
        String message = Utf8.decode(response).orElse("");
        int lastComma = message.lastIndexOf(',');
        Optional<ScramAttributes> parsed = ScramAttributes.parse(message);
        if (parsed.isEmpty() || lastComma < 0) {
            return SaslStep.malformed("expected c=binding,r=nonce,p=proof");
        }
        ScramAttributes attributes = parsed.get();
        Optional<String> binding = attributes.at(0, 'c');
        Optional<String> nonce = attributes.nonceAt(1);
        Optional<byte[]> proof = attributes.octetsAt(attributes.size() - 1, 'p');
        if (binding.isEmpty() || nonce.isEmpty() || proof.isEmpty()) {
            return SaslStep.malformed("expected c=binding,r=nonce,p=proof");
        }
        byte[] authMessage = (asked.messages() + message.substring(0, lastComma)).getBytes(UTF_8);
        boolean proved = asked.found().keys().proves(authMessage, proof.get())
                && asked.found().real();
        if (!asked.binding().equals(binding.get())) {
            return SaslStep.denied("the client is bound to another channel, or its header was changed");
        }
        if (!asked.nonce().equals(nonce.get())) {
            return SaslStep.denied("the nonce was changed");
        }
        if (!proved) {
            return SaslStep.denied("wrong user or password");
        }
        Optional<SaslStep.Success> success = Identities.authorize(authorizer, asked.user(), asked.requested());
        if (success.isEmpty()) {
            return Identities.FOREIGN;
        }
        state = new State.Proved(success.get());
        byte[] signature = asked.found().keys().serverSignature(authMessage);
        return SaslStep.Challenge.of("v=" + Base64.getEncoder().encodeToString(signature));
    }

    /** The data that the client must be bound to; empty when its flag cannot be accepted (RFC 5802 section 6). */
    private Optional<byte[]> binding(Flag flag) {
        return switch (flag) {
            case Flag.Unsupported() -> plus ? Optional.empty() : Optional.of(new byte[0]);
            case Flag.NotOffered() -> plus || context.plusOffered() ? Optional.empty() : Optional.of(new byte[0]);
            case Flag.Bound(String type) ->
                plus ? ChannelBinding.named(type).flatMap(context.channel()::binding) : Optional.empty();
        };
    }

    /** What the client must say after {@code c=}: its header as it came, and the data of the channel. */
    private static String bindingInput(String header, byte[] data) {
        byte[] octets = header.getBytes(UTF_8);
        byte[] both = Arrays.copyOf(octets, octets.length + data.length);
        System.arraycopy(data, 0, both, octets.length, data.length);
        return Base64.getEncoder().encodeToString(both);
    }
}
