package org.mailwright.smtp.ext.auth.scram;

import java.util.Optional;

/**
 * The beginning of a client's first message in SCRAM and OAUTHBEARER (RFC 5801 section 4): what it knows of channel
 * binding, and as whom it wants to act.
 *
 * @param flag whether the client binds to the channel
 * @param authorizationId as whom the client wants to act; empty when it did not say
 * @since 0.1.0
 */
public record Gs2Header(Flag flag, Optional<String> authorizationId) {

    /** What a client says of channel binding. */
    public sealed interface Flag {
        /** {@code n}: the client has none. */
        record Unsupported() implements Flag {}

        /** {@code y}: the client has it and believes that the server has none. */
        record NotOffered() implements Flag {}

        /** {@code p=type}: the client binds. */
        record Bound(String type) implements Flag {}
    }

    /** A header and where the rest of the message begins. */
    public record Parsed(Gs2Header header, String text, String rest) {}

    /** Reads the header at the start of a message; empty when there is none. */
    public static Optional<Parsed> parse(String message) {
        int firstComma = message.indexOf(',');
        int secondComma = message.indexOf(',', firstComma + 1);
        if (firstComma < 0 || secondComma < 0) {
            return Optional.empty();
        }
        String authzid = message.substring(firstComma + 1, secondComma);
        Optional<String> name = Optional.empty();
        if (!authzid.isEmpty()) {
            name = authzid.startsWith("a=") ? SaslName.decode(authzid.substring(2)) : Optional.empty();
            if (name.isEmpty()) {
                return Optional.empty();
            }
        }
        Optional<String> authorizationId = name;
        return flag(message.substring(0, firstComma))
                .map(flag -> new Parsed(
                        new Gs2Header(flag, authorizationId),
                        message.substring(0, secondComma + 1),
                        message.substring(secondComma + 1)));
    }

    /** The header as it is sent. */
    public String text() {
        String binding = switch (flag) {
            case Flag.Unsupported() -> "n";
            case Flag.NotOffered() -> "y";
            case Flag.Bound(String type) -> "p=" + type;
        };
        return binding
                + ','
                + authorizationId.map(id -> "a=" + SaslName.encode(id)).orElse("")
                + ',';
    }

    private static Optional<Flag> flag(String text) {
        if (text.equals("n")) {
            return Optional.of(new Flag.Unsupported());
        }
        if (text.equals("y")) {
            return Optional.of(new Flag.NotOffered());
        }
        boolean named = text.startsWith("p=")
                && text.length() > 2
                && text.substring(2).chars().allMatch(Gs2Header::bindingNameCharacter);
        return named ? Optional.of(new Flag.Bound(text.substring(2))) : Optional.empty();
    }

    private static boolean bindingNameCharacter(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    }
}
