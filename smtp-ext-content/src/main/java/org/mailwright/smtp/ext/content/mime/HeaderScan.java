package org.mailwright.smtp.ext.content.mime;

import java.io.IOException;
import java.io.InputStream;
import org.apache.james.mime4j.MimeException;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.ext.content.mime.Parts.Token;

/**
 * Looks for octets beyond US-ASCII in headers (RFC 6532 §3). Reads the body; may block.
 *
 * @since 0.1.0
 */
public final class HeaderScan {

    private static final int DEEPEST = 100;

    private HeaderScan() {}

    /** Tells whether the header of a mail is UTF-8 and not US-ASCII; headers of its parts do not count. */
    public static boolean firstInUtf8(Body body) throws IOException {
        try (InputStream octets = body.open()) {
            return switch (new Parts(octets).next()) {
                case Token.Leaf leaf -> leaf.header().utf8();
                case Token.Multipart multipart -> multipart.header().utf8();
                case Token.Preamble preamble -> false;
                case Token.Epilogue epilogue -> false;
                case Token.Close close -> false;
                case Token.End end -> false;
            };
        } catch (MimeException endless) {
            return false;
        }
    }

    /** Tells whether any header has octets beyond US-ASCII: of the mail, its parts, and mails within it. */
    public static boolean anyBeyondAscii(Body body) throws IOException {
        try (InputStream octets = body.open()) {
            return any(octets, 0);
        } catch (MimeException malformed) {
            return true; // who cannot tell takes it for what it was declared as
        }
    }

    /** Tells whether a part is a header or a mail in UTF-8 that stands there as it is (RFC 6532 §3.7, RFC 6533 §4). */
    public static boolean anyGlobal(Body body) throws IOException {
        try (InputStream octets = body.open()) {
            Parts parts = new Parts(octets);
            while (true) {
                switch (parts.next()) {
                    case Token.Leaf leaf -> {
                        if (leaf.plain() && leaf.type().startsWith("message/global")) {
                            return true;
                        }
                    }
                    case Token.Multipart multipart -> {}
                    case Token.Preamble preamble -> {}
                    case Token.Epilogue epilogue -> {}
                    case Token.Close close -> {}
                    case Token.End end -> {
                        return false;
                    }
                }
            }
        } catch (MimeException malformed) {
            return false;
        }
    }

    private static boolean any(InputStream octets, int depth) throws MimeException, IOException {
        if (depth > DEEPEST) {
            throw new MimeException("too many mails within mails");
        }
        Parts parts = new Parts(octets);
        while (true) {
            switch (parts.next()) {
                case Token.Leaf leaf -> {
                    if (leaf.header().eightBit() || (nested(leaf) && any(leaf.octets(), depth + 1))) {
                        return true;
                    }
                }
                case Token.Multipart multipart -> {
                    if (multipart.header().eightBit()) {
                        return true;
                    }
                }
                case Token.Preamble preamble -> {}
                case Token.Epilogue epilogue -> {}
                case Token.Close close -> {}
                case Token.End end -> {
                    return false;
                }
            }
        }
    }

    private static boolean nested(Token.Leaf leaf) {
        return leaf.mail() && !leaf.header().signed();
    }
}
