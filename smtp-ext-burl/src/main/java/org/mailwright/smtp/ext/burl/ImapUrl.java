package org.mailwright.smtp.ext.burl;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL of a message, or of a part of one, on an IMAP server (RFC 5092), perhaps with the authorization of RFC 4467. It
 * is kept as it was written, since the authorization is of just these characters.
 *
 * @param text the whole of it
 * @param server host, and port where there is one, in lower case
 * @param access for whom it is authorized, such as "submit+joe"; empty without authorization
 * @since 0.1.0
 */
public record ImapUrl(String text, String server, Optional<String> access) {

    /** The most characters that are taken for one. */
    public static final int LONGEST = 1500;

    /** What can stand in a URI (RFC 3986); no quote, backslash or blank, so that it can be quoted to a server. */
    private static final Pattern CHARACTERS =
            Pattern.compile("[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]{1," + LONGEST + "}");

    private static final Pattern PARTS =
            Pattern.compile("imap://(?:[^/@]*@)?([^/@]+)(/[^?#]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORIZATION =
            Pattern.compile(".*;urlauth=([^:;]+):[^:;]+:[0-9a-f]{32,}", Pattern.CASE_INSENSITIVE);

    /** Reads a URL; empty when it is none of an IMAP server. */
    public static Optional<ImapUrl> of(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!CHARACTERS.matcher(text).matches() || !parts.matches()) {
            return Optional.empty();
        }
        Matcher authorization = AUTHORIZATION.matcher(parts.group(2));
        return Optional.of(new ImapUrl(
                text,
                parts.group(1).toLowerCase(Locale.ROOT),
                authorization.matches() ? Optional.of(authorization.group(1)) : Optional.empty()));
    }

    /** Returns the user for whom a submission server may use it, if it is authorized so. */
    Optional<String> submitter() {
        return user("submit+");
    }

    /** Returns the user who may use it himself, if it is authorized so. */
    Optional<String> user() {
        return user("user+");
    }

    private Optional<String> user(String prefix) {
        return access.filter(who -> who.regionMatches(true, 0, prefix, 0, prefix.length()))
                .flatMap(who -> decoded(who.substring(prefix.length())));
    }

    /** Only %XX stands for another character here, and "+" for itself. */
    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    /** Returns the text, without what makes it of use to others. */
    @Override
    public String toString() {
        return "imap://" + server + "/…";
    }
}
