package org.mailwright.smtp.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mailwright.smtp.core.reply.Reply;

/**
 * Why a mail was not taken, as HTTP says it (RFC 9457).
 *
 * @param status of HTTP
 * @param detail for people
 * @param reply of SMTP, when it came to that
 */
record Problem(int status, String detail, Optional<Reply> reply) {
    private static final int TOO_LARGE = 552;

    static Problem of(int status, String detail) {
        return new Problem(status, detail, Optional.empty());
    }

    /** Returns the problem that a refusal is. */
    static Problem of(Reply reply) {
        int status = switch (reply.code()) {
            case TOO_LARGE -> 413;
            case 530, 535 -> 403;
            default -> reply.isPermanent() ? 422 : 503;
        };
        return new Problem(status, reply.toString(), Optional.of(reply));
    }

    byte[] json() {
        StringBuilder json = new StringBuilder("{\"type\":\"about:blank\",\"status\":").append(status);
        json.append(",\"detail\":").append(quoted(detail));
        reply.ifPresent(said -> {
            json.append(",\"smtp\":{\"code\":").append(said.code());
            said.enhanced().ifPresent(code -> json.append(",\"enhanced\":").append(quoted(code.toString())));
            json.append(",\"text\":").append(quoted(said.text())).append('}');
        });
        return json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns what is said of a mail that was taken. */
    static byte[] taken(Optional<String> id, Reply reply) {
        return ("{\"id\":" + quoted(id.orElse("")) + ",\"detail\":" + quoted(reply.toString()) + "}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
