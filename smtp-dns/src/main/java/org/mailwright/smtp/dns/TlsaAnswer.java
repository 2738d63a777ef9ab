package org.mailwright.smtp.dns;

import java.util.List;

/**
 * The TLSA records of a name, and whether they can be relied on.
 *
 * @param secure whether DNSSEC proves the answer, by the word of a resolver that is trusted
 * @param records what was found
 * @since 0.1.0
 */
public record TlsaAnswer(boolean secure, List<Tlsa> records) {

    /** Copies the list. */
    public TlsaAnswer {
        records = List.copyOf(records);
    }

    /** One record: usage, selector, matching type, and the association data in hexadecimal digits. */
    public record Tlsa(int usage, int selector, int matching, String data) {}
}
