package org.mailwright.smtp.ext.content.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/** Reads a mail part by part. What is signed, and a mail within the mail, come as one part. */
final class Parts {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_FIELDS = 10_000;
    private static final Set<String> IDENTITIES = Set.of("7bit", "8bit", "binary");

    /** What comes next. */
    sealed interface Token {
        /** A part without parts, or the mail itself. */
        record Leaf(Header header, String type, String encoding, InputStream octets) implements Token {
            /** Tells whether its octets are what they stand for. */
            boolean plain() {
                return IDENTITIES.contains(encoding);
            }

            boolean text() {
                return type.startsWith("text/");
            }

            boolean mail() {
                return type.equals("message/rfc822") && plain();
            }
        }

        /** A part with parts, or the mail itself. */
        record Multipart(Header header, String encoding, String boundary) implements Token {}

        /** Text before the first part of a multipart. */
        record Preamble(InputStream octets) implements Token {}

        /** Text behind the last part of a multipart. */
        record Epilogue(InputStream octets) implements Token {}

        /** The last part of a multipart is over. */
        record Close() implements Token {}

        /** The mail is over. */
        record End() implements Token {}
    }

    private final MimeTokenStream tokens;
    private Header header = new Header();

    Parts(InputStream mail) {
        tokens = new MimeTokenStream(MimeConfig.custom()
                .setMaxLineLen(LONGEST_LINE)
                .setMaxHeaderLen(LONGEST_LINE)
                .setMaxHeaderCount(MOST_FIELDS)
                .setMaxContentLen(-1)
                .build());
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(mail);
    }

    /** Returns what comes next; all octets of what came before have to be read. */
    Token next() throws MimeException, IOException {
        while (true) {
            EntityState state = tokens.next();
            switch (state) {
                case T_START_HEADER -> header = new Header();
                case T_FIELD -> header.add(tokens.getField());
                case T_END_HEADER ->
                    tokens.setRecursionMode(header.signed() ? RecursionMode.M_FLAT : RecursionMode.M_NO_RECURSE);
                case T_BODY -> {
                    BodyDescriptor about = tokens.getBodyDescriptor();
                    return new Token.Leaf(header, lower(about.getMimeType()), encoding(about), tokens.getInputStream());
                }
                case T_START_MULTIPART -> {
                    BodyDescriptor about = tokens.getBodyDescriptor();
                    String boundary = about.getBoundary();
                    if (boundary == null || header.signed()) {
                        throw new MimeException("a multipart that is none");
                    }
                    return new Token.Multipart(header, encoding(about), boundary);
                }
                case T_PREAMBLE -> {
                    return new Token.Preamble(tokens.getInputStream());
                }
                case T_EPILOGUE -> {
                    return new Token.Epilogue(tokens.getInputStream());
                }
                case T_END_MULTIPART -> {
                    return new Token.Close();
                }
                case T_END_OF_STREAM -> {
                    return new Token.End();
                }
                case T_START_MESSAGE, T_END_MESSAGE, T_START_BODYPART, T_END_BODYPART, T_RAW_ENTITY -> {}
            }
        }
    }

    private static String encoding(BodyDescriptor about) {
        return lower(about.getTransferEncoding());
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
