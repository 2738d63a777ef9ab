package org.mailwright.smtp.core.extension;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.command.Command;

/**
 * One line that a client says: a command, or the answer to a challenge (RFC 4954 §4). It cannot hold a control
 * character. A secret one shows its verb only, wherever it is logged.
 *
 * @since 0.1.0
 */
public final class ClientLine {

    private static final String HIDDEN = "***";

    private final String text;
    private final String shown;

    private ClientLine(String text, String shown) {
        if (Command.firstControl(text) >= 0) {
            throw new IllegalArgumentException("a line cannot hold a control character: " + shown);
        }
        this.text = text;
        this.shown = shown;
    }

    /** Returns the line of a command. */
    public static ClientLine of(Command command) {
        String text = command.toString();
        return new ClientLine(text, text);
    }

    /** Returns the line of a command whose arguments nobody may see. */
    public static ClientLine secret(Command command) {
        return new ClientLine(command.toString(), command.verb() + " " + HIDDEN);
    }

    /** Returns a line that is no command and that nobody may see. */
    public static ClientLine secret(String text) {
        return new ClientLine(text, HIDDEN);
    }

    /** Returns a line that is no command, such as "*" (RFC 4954 §4: cancels). */
    public static ClientLine plain(String text) {
        return new ClientLine(text, text);
    }

    /** Returns the octets to send, with CRLF. */
    public byte[] octets() {
        return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientLine that && text.equals(that.text) && shown.equals(that.shown);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns what may be logged. */
    @Override
    public String toString() {
        return shown;
    }
}
