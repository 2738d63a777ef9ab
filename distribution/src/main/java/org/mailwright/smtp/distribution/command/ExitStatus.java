package org.mailwright.smtp.distribution.command;

/** The exit statuses of all commands, from BSD's {@code sysexits.h}, so that scripts and mail programs know them. */
final class ExitStatus {
    /** Done. */
    static final int OK = 0;
    /** The command line is wrong. */
    static final int USAGE = 64;
    /** The input is wrong. */
    static final int DATA = 65;
    /** An input file is not there or cannot be read. */
    static final int NO_INPUT = 66;
    /** There is no such user. */
    static final int NO_USER = 67;
    /** A service refused for good, or a port is in use. */
    static final int UNAVAILABLE = 69;
    /** A mistake in this program. */
    static final int SOFTWARE = 70;
    /** Reading or writing failed. */
    static final int IO = 74;
    /** It may work later. */
    static final int TEMPORARY = 75;
    /** The configuration is wrong. */
    static final int CONFIG = 78;

    private ExitStatus() {}
}
