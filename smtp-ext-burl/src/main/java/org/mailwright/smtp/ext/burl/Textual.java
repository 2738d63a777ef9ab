package org.mailwright.smtp.ext.burl;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** Takes text alone: binary data that a URL gives is not converted (RFC 4468 §4, 6). */
record Textual(ContentStage lines) implements ContentStage {

    private static final EnhancedCode BARE_LINE_END = new EnhancedCode(5, 6, 11);
    private static final Reply BINARY = Reply.of(554, "5.6.3", "Conversion required but not supported");

    @Override
    public void write(ByteBuffer octets, Next next) throws SmtpException, IOException {
        try {
            lines.write(octets, next);
        } catch (SmtpException refused) {
            throw told(refused);
        }
    }

    @Override
    public void end(Next next) throws SmtpException, IOException {
        try {
            lines.end(next);
        } catch (SmtpException refused) {
            throw told(refused);
        }
    }

    private static SmtpException told(SmtpException refused) {
        return refused.reply().enhanced().filter(BARE_LINE_END::equals).isPresent()
                ? new SmtpException(BINARY, refused)
                : refused;
    }
}
