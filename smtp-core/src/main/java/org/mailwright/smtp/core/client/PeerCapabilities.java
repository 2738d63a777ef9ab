package org.mailwright.smtp.core.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.reply.Reply;

/**
 * What a server offers since the last EHLO: its keywords, and what the extensions make of them. Lines that are no
 * keyword lines, and keywords that nobody knows, do no harm (RFC 5321 §4.1.1.1).
 *
 * @param words by keyword in upper case, in the server's order
 * @param values what extensions negotiated
 */
record PeerCapabilities(Map<String, List<String>> words, Attributes values) {

    static final PeerCapabilities NONE = new PeerCapabilities(Map.of(), Attributes.EMPTY);

    /** Reads the answer to EHLO or LHLO; its first line is the server's name. */
    static PeerCapabilities of(Reply hello, ClientProfile profile) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (String line : hello.lines().subList(1, hello.lines().size())) {
            StringTokenizer parts = new StringTokenizer(line, " ");
            if (parts.hasMoreTokens()) {
                String keyword = parts.nextToken().toUpperCase(Locale.ROOT);
                List<String> parameters = new ArrayList<>(parts.countTokens());
                while (parts.hasMoreTokens()) {
                    parameters.add(parts.nextToken());
                }
                words.putIfAbsent(keyword, List.copyOf(parameters));
            }
        }
        Attributes values = Attributes.EMPTY;
        for (Map.Entry<String, List<String>> offer : words.entrySet()) {
            for (ClientProfile.Negotiation<?> negotiation : profile.negotiations(offer.getKey())) {
                values = negotiation.apply(offer.getValue(), values);
            }
        }
        return new PeerCapabilities(words, values);
    }

    boolean offers(String keyword) {
        return words.containsKey(keyword) || (hasSmall(keyword) && words.containsKey(keyword.toUpperCase(Locale.ROOT)));
    }

    /** Most callers have the keyword in upper case, and ask for every mail. */
    private static boolean hasSmall(String keyword) {
        for (int i = 0; i < keyword.length(); i++) {
            char letter = keyword.charAt(i);
            if (letter >= 'a' && letter <= 'z') {
                return true;
            }
        }
        return false;
    }
}
