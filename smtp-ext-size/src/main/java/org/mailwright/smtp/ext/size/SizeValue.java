package org.mailwright.smtp.ext.size;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** The number of SIZE: {@code 1*20DIGIT} (RFC 1870 §4, §5). */
final class SizeValue implements Parameter.Syntax<Long> {

    private static final int MOST_DIGITS = 20;
    private static final Reply MALFORMED = Reply.of(501, "5.5.4", "SIZE needs a number of 1 to 20 digits");

    @Override
    public Long parse(Optional<String> value) throws SmtpException {
        String digits = value.orElse("");
        if (!isNumber(digits)) {
            throw new SmtpException(MALFORMED);
        }
        return number(digits).orElseThrow(() -> new SmtpException(SizeExtension.TOO_LARGE));
    }

    @Override
    public Optional<String> render(Long octets) {
        return Optional.of(Long.toString(octets));
    }

    /** Returns the limit that a peer states; 0, for none, when it states no number or one beyond all mails. */
    static Optional<Long> limit(List<String> words) {
        if (words.isEmpty() || !isNumber(words.getFirst())) {
            return Optional.of(0L);
        }
        return Optional.of(number(words.getFirst()).orElse(0L));
    }

    private static boolean isNumber(String digits) {
        return !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /** Returns the number; nothing from 2^63 on. */
    private static Optional<Long> number(String digits) {
        try {
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException beyondLong) {
            return Optional.empty();
        }
    }
}
