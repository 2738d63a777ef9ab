package org.mailwright.smtp.ext.policy;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Classes of solicitations (RFC 3865 §2.1), such as "org.example:ADV:ADLT": a reversed domain and words behind it.
 *
 * @param keywords at least one; at most {@value #LONGEST} characters together with the commas between them
 * @since 0.1.0
 */
public record Solicitations(List<String> keywords) {

    /** The most characters on the wire (RFC 3865 §2.2). */
    public static final int LONGEST = 1000;

    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z][A-Za-z0-9._:-]*");

    /** Checks the keywords. */
    public Solicitations {
        keywords = List.copyOf(keywords);
        if (!fits(keywords)) {
            throw new IllegalArgumentException("solicitations are letters, digits, \".\", \"-\", \"_\" and \":\"");
        }
    }

    /** Reads a list with commas. */
    static Optional<Solicitations> read(String text) {
        List<String> keywords =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        return fits(keywords) ? Optional.of(new Solicitations(keywords)) : Optional.empty();
    }

    static boolean isKeyword(String text) {
        return KEYWORD.matcher(text).matches();
    }

    private static boolean fits(List<String> keywords) {
        return !keywords.isEmpty()
                && keywords.stream().allMatch(Solicitations::isKeyword)
                && String.join(",", keywords).length() <= LONGEST;
    }

    /** Returns those of these classes that it has, in any case of letters. */
    List<String> among(Collection<String> refused) {
        return refused.stream()
                .filter(one -> keywords.stream().anyMatch(one::equalsIgnoreCase))
                .toList();
    }

    /** Returns the list, as it stands on the line. */
    @Override
    public String toString() {
        return String.join(",", keywords);
    }
}
