package org.mailwright.smtp.core.reply;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A named entry of the enhanced status code registry (RFC 5248): subject and detail with any class before them.
 *
 * <p>{@code EnhancedStatus.BAD_MAILBOX.permanent()} is {@code 5.1.1}. The basic codes are those that the registry
 * associates with the entry; they inform, and do not bind: RFC 2034 only asks that the class fits.
 *
 * @since 0.1.0
 */
@SuppressWarnings("ImmutableEnumChecker") // records and unmodifiable lists are immutable; the checker cannot tell
public enum EnhancedStatus {
    /** X.0.0: Other undefined status. */
    OTHER(0, 0, "Other undefined status"),
    /** X.1.0: Other address status. */
    OTHER_ADDRESS(1, 0, "Other address status"),
    /** X.1.1: Bad destination mailbox address. */
    BAD_MAILBOX(1, 1, "Bad destination mailbox address", 451, 550),
    /** X.1.2: Bad destination system address. */
    BAD_SYSTEM(1, 2, "Bad destination system address"),
    /** X.1.3: Bad destination mailbox address syntax. */
    BAD_MAILBOX_SYNTAX(1, 3, "Bad destination mailbox address syntax", 501),
    /** X.1.4: Destination mailbox address ambiguous. */
    AMBIGUOUS_MAILBOX(1, 4, "Destination mailbox address ambiguous"),
    /** X.1.5: Destination address valid. */
    VALID_ADDRESS(1, 5, "Destination address valid", 250),
    /** X.1.6: Destination mailbox has moved, no forwarding address. */
    MAILBOX_MOVED(1, 6, "Destination mailbox has moved, no forwarding address"),
    /** X.1.7: Bad sender's mailbox address syntax. */
    BAD_SENDER_SYNTAX(1, 7, "Bad sender's mailbox address syntax"),
    /** X.1.8: Bad sender's system address. */
    BAD_SENDER_SYSTEM(1, 8, "Bad sender's system address", 451, 501),
    /** X.1.9: Message relayed to non-compliant mailer (RFC 3886). */
    RELAYED_TO_NON_COMPLIANT(1, 9, "Message relayed to non-compliant mailer"),
    /** X.1.10: Recipient address has null MX (RFC 7505). */
    RECIPIENT_NULL_MX(1, 10, "Recipient address has null MX", 556),
    /** X.2.0: Other or undefined mailbox status. */
    OTHER_MAILBOX(2, 0, "Other or undefined mailbox status"),
    /** X.2.1: Mailbox disabled, not accepting messages. */
    MAILBOX_DISABLED(2, 1, "Mailbox disabled, not accepting messages"),
    /** X.2.2: Mailbox full. */
    MAILBOX_FULL(2, 2, "Mailbox full", 552),
    /** X.2.3: Message length exceeds administrative limit. */
    MESSAGE_TOO_LONG_FOR_MAILBOX(2, 3, "Message length exceeds administrative limit", 552),
    /** X.2.4: Mailing list expansion problem. */
    LIST_EXPANSION_PROBLEM(2, 4, "Mailing list expansion problem", 450, 452),
    /** X.3.0: Other or undefined mail system status. */
    OTHER_SYSTEM(3, 0, "Other or undefined mail system status", 221, 250, 421, 451, 550, 554),
    /** X.3.1: Mail system full. */
    SYSTEM_FULL(3, 1, "Mail system full", 452),
    /** X.3.2: System not accepting network messages. */
    NOT_ACCEPTING_MESSAGES(3, 2, "System not accepting network messages", 453, 521),
    /** X.3.3: System not capable of selected features. */
    FEATURE_MISSING(3, 3, "System not capable of selected features"),
    /** X.3.4: Message too big for system. */
    MESSAGE_TOO_BIG(3, 4, "Message too big for system", 552, 554),
    /** X.3.5: System incorrectly configured. */
    SYSTEM_MISCONFIGURED(3, 5, "System incorrectly configured"),
    /** X.3.6: Requested priority was changed (RFC 6710). */
    PRIORITY_CHANGED(3, 6, "Requested priority was changed", 250, 251),
    /** X.4.0: Other or undefined network or routing status. */
    OTHER_ROUTING(4, 0, "Other or undefined network or routing status"),
    /** X.4.1: No answer from host. */
    NO_ANSWER(4, 1, "No answer from host", 451),
    /** X.4.2: Bad connection. */
    BAD_CONNECTION(4, 2, "Bad connection", 421),
    /** X.4.3: Directory server failure. */
    DIRECTORY_FAILURE(4, 3, "Directory server failure", 451, 550),
    /** X.4.4: Unable to route. */
    UNABLE_TO_ROUTE(4, 4, "Unable to route"),
    /** X.4.5: Mail system congestion. */
    CONGESTION(4, 5, "Mail system congestion", 451),
    /** X.4.6: Routing loop detected. */
    ROUTING_LOOP(4, 6, "Routing loop detected"),
    /** X.4.7: Delivery time expired. */
    DELIVERY_TIME_EXPIRED(4, 7, "Delivery time expired"),
    /** X.5.0: Other or undefined protocol status. */
    OTHER_PROTOCOL(
            5,
            0,
            "Other or undefined protocol status",
            220,
            250,
            251,
            252,
            253,
            451,
            452,
            454,
            458,
            459,
            501,
            502,
            503,
            554),
    /** X.5.1: Invalid command. */
    INVALID_COMMAND(5, 1, "Invalid command", 430, 500, 501, 503, 530, 550, 554, 555),
    /** X.5.2: Syntax error. */
    SYNTAX_ERROR(5, 2, "Syntax error", 500, 501, 502, 550, 555),
    /** X.5.3: Too many recipients. */
    TOO_MANY_RECIPIENTS(5, 3, "Too many recipients", 451),
    /** X.5.4: Invalid command arguments. */
    INVALID_ARGUMENTS(5, 4, "Invalid command arguments", 451, 501, 502, 503, 504, 550, 555),
    /** X.5.5: Wrong protocol version. */
    WRONG_PROTOCOL_VERSION(5, 5, "Wrong protocol version"),
    /** X.5.6: Authentication exchange line is too long (RFC 4954). */
    AUTH_LINE_TOO_LONG(5, 6, "Authentication exchange line is too long", 500),
    /** X.6.0: Other or undefined media error. */
    OTHER_MEDIA(6, 0, "Other or undefined media error"),
    /** X.6.1: Media not supported. */
    MEDIA_NOT_SUPPORTED(6, 1, "Media not supported"),
    /** X.6.2: Conversion required and prohibited. */
    CONVERSION_PROHIBITED(6, 2, "Conversion required and prohibited"),
    /** X.6.3: Conversion required but not supported. */
    CONVERSION_NOT_SUPPORTED(6, 3, "Conversion required but not supported", 554),
    /** X.6.4: Conversion with loss performed. */
    CONVERSION_WITH_LOSS(6, 4, "Conversion with loss performed", 250),
    /** X.6.5: Conversion failed. */
    CONVERSION_FAILED(6, 5, "Conversion failed"),
    /** X.6.6: Message content not available (RFC 4468). */
    CONTENT_NOT_AVAILABLE(6, 6, "Message content not available", 554),
    /** X.6.7: Non-ASCII addresses not permitted for that sender or recipient (RFC 6531). */
    NON_ASCII_ADDRESS(6, 7, "Non-ASCII addresses not permitted for that sender or recipient", 550, 553),
    /** X.6.8: UTF-8 string reply is required, but not permitted by the SMTP client (RFC 6531). */
    UTF8_REPLY_REQUIRED(6, 8, "UTF-8 string reply is required, but not permitted by the SMTP client", 252, 550, 553),
    /** X.6.9: UTF-8 header message cannot be transferred to one or more recipients (RFC 6531). */
    UTF8_HEADER_NOT_TRANSFERABLE(6, 9, "UTF-8 header message cannot be transferred to one or more recipients", 550),
    /** X.6.10: Deprecated duplicate of X.6.8 (RFC 6531). */
    UTF8_REPLY_REQUIRED_DEPRECATED(6, 10, "Deprecated duplicate of X.6.8", 252, 550, 553),
    /** X.7.0: Other or undefined security status. */
    OTHER_SECURITY(7, 0, "Other or undefined security status", 220, 235, 450, 454, 500, 501, 503, 504, 530, 535, 550),
    /** X.7.1: Delivery not authorized, message refused. */
    DELIVERY_NOT_AUTHORIZED(7, 1, "Delivery not authorized, message refused", 451, 454, 502, 503, 533, 550, 551),
    /** X.7.2: Mailing list expansion prohibited. */
    LIST_EXPANSION_PROHIBITED(7, 2, "Mailing list expansion prohibited", 550),
    /** X.7.3: Security conversion required but not possible. */
    SECURITY_CONVERSION_NOT_POSSIBLE(7, 3, "Security conversion required but not possible"),
    /** X.7.4: Security features not supported. */
    SECURITY_FEATURES_NOT_SUPPORTED(7, 4, "Security features not supported", 504),
    /** X.7.5: Cryptographic failure. */
    CRYPTOGRAPHIC_FAILURE(7, 5, "Cryptographic failure"),
    /** X.7.6: Cryptographic algorithm not supported. */
    ALGORITHM_NOT_SUPPORTED(7, 6, "Cryptographic algorithm not supported"),
    /** X.7.7: Message integrity failure. */
    INTEGRITY_FAILURE(7, 7, "Message integrity failure"),
    /** X.7.8: Authentication credentials invalid (RFC 4954). */
    CREDENTIALS_INVALID(7, 8, "Authentication credentials invalid", 535, 554),
    /** X.7.9: Authentication mechanism is too weak (RFC 4954). */
    MECHANISM_TOO_WEAK(7, 9, "Authentication mechanism is too weak", 534),
    /** X.7.10: Encryption needed (RFC 5248). */
    ENCRYPTION_NEEDED(7, 10, "Encryption needed", 523),
    /** X.7.11: Encryption required for requested authentication mechanism (RFC 4954). */
    ENCRYPTION_REQUIRED_FOR_MECHANISM(7, 11, "Encryption required for requested authentication mechanism", 524, 538),
    /** X.7.12: A password transition is needed (RFC 4954). */
    PASSWORD_TRANSITION_NEEDED(7, 12, "A password transition is needed", 422, 432),
    /** X.7.13: User account disabled (RFC 5248). */
    ACCOUNT_DISABLED(7, 13, "User account disabled", 525),
    /** X.7.14: Trust relationship required (RFC 5248). */
    TRUST_RELATIONSHIP_REQUIRED(7, 14, "Trust relationship required", 535, 554),
    /** X.7.15: Priority level is too low (RFC 6710). */
    PRIORITY_TOO_LOW(7, 15, "Priority level is too low", 450, 550),
    /** X.7.16: Message is too big for the specified priority (RFC 6710). */
    TOO_BIG_FOR_PRIORITY(7, 16, "Message is too big for the specified priority", 552),
    /** X.7.17: Mailbox owner has changed (RFC 7293). */
    MAILBOX_OWNER_CHANGED(7, 17, "Mailbox owner has changed"),
    /** X.7.18: Domain owner has changed (RFC 7293). */
    DOMAIN_OWNER_CHANGED(7, 18, "Domain owner has changed"),
    /** X.7.19: RRVS test cannot be completed (RFC 7293). */
    RRVS_NOT_COMPLETED(7, 19, "RRVS test cannot be completed"),
    /** X.7.20: No passing DKIM signature found (RFC 7372). */
    NO_PASSING_DKIM(7, 20, "No passing DKIM signature found", 550),
    /** X.7.21: No acceptable DKIM signature found (RFC 7372). */
    NO_ACCEPTABLE_DKIM(7, 21, "No acceptable DKIM signature found", 550),
    /** X.7.22: No valid author-matched DKIM signature found (RFC 7372). */
    NO_AUTHOR_MATCHED_DKIM(7, 22, "No valid author-matched DKIM signature found", 550),
    /** X.7.23: SPF validation failed (RFC 7372). */
    SPF_FAILED(7, 23, "SPF validation failed", 550),
    /** X.7.24: SPF validation error (RFC 7372). */
    SPF_ERROR(7, 24, "SPF validation error", 451, 550),
    /** X.7.25: Reverse DNS validation failed (RFC 7372). */
    REVERSE_DNS_FAILED(7, 25, "Reverse DNS validation failed", 550),
    /** X.7.26: Multiple authentication checks failed (RFC 7372). */
    MULTIPLE_AUTHENTICATION_FAILED(7, 26, "Multiple authentication checks failed", 550),
    /** X.7.27: Sender address has null MX (RFC 7505). */
    SENDER_NULL_MX(7, 27, "Sender address has null MX", 550),
    /** X.7.28: Mail flood detected (IANA registry). */
    MAIL_FLOOD(7, 28, "Mail flood detected"),
    /** X.7.29: ARC validation failure (IANA registry). */
    ARC_FAILED(7, 29, "ARC validation failure", 550),
    /** X.7.30: REQUIRETLS support required (RFC 8689). */
    REQUIRETLS_NEEDED(7, 30, "REQUIRETLS support required", 550);

    private static final Map<Integer, EnhancedStatus> BY_NUMBER =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(s -> number(s.permanent), Function.identity()));

    private final EnhancedCode success;
    private final EnhancedCode temporary;
    private final EnhancedCode permanent;
    private final String summary;
    private final List<Integer> basicCodes;

    EnhancedStatus(int subject, int detail, String summary, int... basicCodes) {
        this.success = new EnhancedCode(2, subject, detail);
        this.temporary = new EnhancedCode(4, subject, detail);
        this.permanent = new EnhancedCode(5, subject, detail);
        this.summary = summary;
        this.basicCodes = IntStream.of(basicCodes).boxed().toList();
    }

    /**
     * The entry of a code.
     *
     * @param code a code of any class
     * @return empty when the registry has no such subject and detail
     */
    public static Optional<EnhancedStatus> of(EnhancedCode code) {
        return Optional.ofNullable(BY_NUMBER.get(number(code)));
    }

    /**
     * The code of class 2, as for a mail that was accepted.
     *
     * @return always the same object
     */
    public EnhancedCode success() {
        return success;
    }

    /**
     * The code of class 4, for a failure that may pass.
     *
     * @return always the same object
     */
    public EnhancedCode temporary() {
        return temporary;
    }

    /**
     * The code of class 5, for a failure that stays.
     *
     * @return always the same object
     */
    public EnhancedCode permanent() {
        return permanent;
    }

    /**
     * What the entry means, in the registry's words.
     *
     * @return a short text without a full stop
     */
    public String summary() {
        return summary;
    }

    /**
     * The reply codes that the registry associates with the entry.
     *
     * @return ascending; empty when the registry gives none, or any
     */
    public List<Integer> basicCodes() {
        return basicCodes;
    }

    private static int number(EnhancedCode code) {
        return code.subject() * 1000 + code.detail();
    }
}
