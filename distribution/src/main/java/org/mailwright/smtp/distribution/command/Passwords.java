package org.mailwright.smtp.distribution.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/** Where passwords come from: a person who types it unseen, or the first line of standard input. */
final class Passwords {
    private static final int LONGEST = 8192;

    private Passwords() {}

    /**
     * A new password. A person is asked for it twice.
     *
     * @throws CommandFailure when there is none, or the two differ
     */
    static char[] choose(Terminal terminal, String user) throws CommandFailure {
        if (terminal.hiddenPrompt().isEmpty()) {
            return firstLine(terminal);
        }
        Function<String, char[]> prompt = terminal.hiddenPrompt().get();
        char[] once = prompt.apply("Password for " + user + ": ");
        char[] twice = prompt.apply("The same again: ");
        boolean same = Arrays.equals(once, twice);
        Arrays.fill(twice, '\0');
        if (!same) {
            Arrays.fill(once, '\0');
            throw new CommandFailure(ExitStatus.DATA, "expected the same password twice, found two");
        }
        return once;
    }

    /** The first line of standard input, without its line end; what follows stays unread. */
    static char[] firstLine(Terminal terminal) throws CommandFailure {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int octet = terminal.in().read();
                    octet >= 0 && octet != '\n';
                    octet = terminal.in().read()) {
                if (line.size() == LONGEST) {
                    throw new CommandFailure(
                            ExitStatus.DATA,
                            "expected a password of at most " + LONGEST + " octets, found a longer one");
                }
                line.write(octet);
            }
            byte[] octets = line.toByteArray();
            int length = octets.length > 0 && octets[octets.length - 1] == '\r' ? octets.length - 1 : octets.length;
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, length));
            Arrays.fill(octets, (byte) 0);
            char[] password = new char[text.length()];
            text.get(password);
            return password;
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitStatus.DATA, "expected a password in UTF-8, found other octets", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.IO, "the password cannot be read: " + e.getMessage(), e);
        }
    }
}
