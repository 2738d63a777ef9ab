package org.mailwright.smtp.distribution;

import org.mailwright.smtp.distribution.command.CommandLineTool;
import org.mailwright.smtp.distribution.command.Terminal;

/**
 * Where the program begins.
 *
 * @since 0.1.0
 */
public final class Mailwright {
    private Mailwright() {}

    /** Runs one command and ends the process with its status. */
    public static void main(String[] arguments) {
        System.exit(new CommandLineTool(Terminal.ofProcess()).run(arguments));
    }
}
