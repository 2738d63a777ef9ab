package org.mailwright.smtp.fuzz;

import java.net.ProtocolException;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.command.EsmtpParameters;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.text.Utf8;
import org.mailwright.smtp.core.text.Xtext;
import org.mailwright.smtp.core.wire.ReplyReader;

/**
 * Commands, their parameters, replies, xtext and enhanced status codes: what is read is written again as it was read,
 * and nothing that is written can end its line early.
 *
 * @since 0.1.0
 */
public final class CommandTarget {

    private static final int MOST_LINES = 4096;

    private CommandTarget() {}

    /** Takes two octets, of which a reply code is made, then text. */
    public static void fuzzerTestOneInput(byte[] data) throws ProtocolException {
        if (data.length < 2) {
            return;
        }
        int code = ((data[0] & 0xFF) << 8 | (data[1] & 0xFF)) % 1000;
        String text = Texts.of(data, 2);
        command(text);
        parameters(text);
        reply(code, text);
        xtext(text);
        enhanced(text);
    }

    private static void command(String text) {
        if (Command.firstControl(text) >= 0) {
            return; // Command.parse is given lines that are free of them
        }
        Command command = Command.parse(text);
        Check.noControl(command.toString(), "a command");
        Check.onlyCrlf(command.octets(), "a command");
        Check.same(command, Command.parse(command.toString()), "a command read again");
    }

    private static void parameters(String text) {
        try {
            EsmtpParameters found = EsmtpParameters.parse(text, 0);
            Check.noControl(found.toString(), "parameters");
            Check.same(found, EsmtpParameters.parse(found.toString(), 0), "parameters read again");
        } catch (SmtpException refused) {
            Check.same(501, refused.reply().code(), "the refusal of parameters");
        }
    }

    private static void reply(int code, String text) throws ProtocolException {
        Check.noControl(Reply.printable(text), "printable text");
        Reply reply;
        try {
            reply = Reply.of(code, text.split("/", -1));
        } catch (IllegalArgumentException refused) {
            Check.that(
                    code < 200 || code > 599 || Command.firstControl(text) >= 0 || text.split("/", -1).length > 512,
                    "a good reply is refused: " + refused.getMessage());
            return;
        }
        Check.noControl(reply.toString(), "a reply");
        byte[] octets = reply.octets(true);
        Check.onlyCrlf(octets, "a reply");
        ReplyReader reader = new ReplyReader(512, MOST_LINES);
        Check.same(octets.length, reader.feed(octets, 0, octets.length), "octets of one reply");
        Check.that(reader.complete(), "a reply does not end");
        Check.same(code, reader.take().code(), "the code");
    }

    private static void xtext(String text) {
        if (Utf8.isWellFormed(text)) {
            String encoded = Xtext.encode(text);
            Check.that(encoded.chars().allMatch(c -> c > ' ' && c < 127 && c != '='), "xtext is not plain: " + encoded);
            Check.same(text, Xtext.decode(encoded).orElse("(none)"), "xtext decoded");
        }
        Xtext.decode(text)
                .ifPresent(decoded -> Check.same(
                        decoded, Xtext.decode(Xtext.encode(decoded)).orElse("(none)"), "xtext decoded again"));
        Xtext.decodePrintable(text).ifPresent(decoded -> Check.noControl(decoded, "printable xtext"));
    }

    private static void enhanced(String text) {
        EnhancedCode.parse(text).ifPresent(code -> Check.same(text, code.toString(), "an enhanced code"));
        EnhancedCode.leading(text)
                .ifPresent(code -> Check.that(text.startsWith(code.toString()), "a leading enhanced code"));
    }
}
