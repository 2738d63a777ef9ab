package org.mailwright.smtp.distribution.command;

import java.util.List;

/** One command of the command line. */
interface Subcommand {
    /**
     * Does it.
     *
     * @param arguments what stands behind the command's name
     * @param terminal what it sees of the world
     * @return the exit status
     * @throws CommandFailure when it cannot be done
     */
    int run(List<String> arguments, Terminal terminal) throws CommandFailure;
}
