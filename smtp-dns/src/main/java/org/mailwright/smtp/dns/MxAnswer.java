package org.mailwright.smtp.dns;

import java.util.List;

/**
 * The mail exchangers of a domain, and whether they can be relied on.
 *
 * @param secure whether DNSSEC proves the answer, by the word of a resolver that is trusted
 * @param records as of {@link MailDns#mx}
 * @since 0.1.0
 */
public record MxAnswer(boolean secure, List<MxRecord> records) {

    /** Copies the list. */
    public MxAnswer {
        records = List.copyOf(records);
    }
}
