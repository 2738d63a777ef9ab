package org.mailwright.smtp.gateway.pipe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which program takes the mail, and how it is run.
 *
 * @param command the absolute path of the program and its arguments; no shell sees them. Arguments may hold
 *     placeholders, see {@link ArgumentTemplate}
 * @param lineEnds how lines end on standard input
 * @param returnPath whether a Return-Path field is written above the mail; one that it has already stays below it
 * @param deliveredTo whether a Delivered-To field (RFC 9228) is written above the mail; a mail that has one of the same
 *     address loops, and is refused
 * @param timeout how long one run may take; then it is killed
 * @param output octets of its output that are kept; the first line goes into the reply
 * @param inherited names of the variables of this process that the program sees, where they are set
 * @param environment variables that it is given besides
 * @param directory where it runs; empty for where this process runs
 * @param delimiter what parts the user from the detail in a local part, such as "+"; empty when nothing does
 * @param nullSender what {sender} is for mail without reverse-path
 * @param domain what {domain} is for the bare postmaster
 * @since 0.1.0
 */
public record PipeConfig(
        List<String> command,
        LineEnds lineEnds,
        boolean returnPath,
        boolean deliveredTo,
        Duration timeout,
        int output,
        Set<String> inherited,
        Map<String, String> environment,
        Optional<Path> directory,
        String delimiter,
        String nullSender,
        String domain) {

    private static final int MOST_OUTPUT = 1 << 20;

    /** How lines end. */
    public enum LineEnds {
        /** As programs of Unix expect it. */
        LF,
        /** As on the wire. */
        CRLF
    }

    /** Checks the values. */
    public PipeConfig {
        command = List.copyOf(command);
        inherited = Set.copyOf(inherited);
        environment = Map.copyOf(environment);
        if (command.isEmpty() || !Path.of(command.get(0)).isAbsolute()) {
            throw new IllegalArgumentException("command: expected the absolute path of a program first");
        }
        if (command.get(0).indexOf('{') >= 0) {
            throw new IllegalArgumentException("command: a mail must not choose the program");
        }
        command.forEach(ArgumentTemplate::new); // says what is wrong with one
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout: expected more than 0s, found " + timeout);
        }
        if (output < 0 || output > MOST_OUTPUT) {
            throw new IllegalArgumentException("output: expected 0 to " + MOST_OUTPUT + ", found " + output);
        }
        if ((nullSender + domain + delimiter).chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
            throw new IllegalArgumentException("null-sender, domain and delimiter hold no control characters");
        }
        if (nullSender.startsWith("-")) {
            throw new IllegalArgumentException("null-sender: expected no \"-\" at its beginning");
        }
    }

    /**
     * Returns a configuration with defaults: LF, both fields, 5 minutes, 4 KiB of output, of the environment PATH, LANG
     * and TZ, "+" before the detail, MAILER-DAEMON for mail without reverse-path, localhost for the bare postmaster.
     */
    public static PipeConfig of(String... command) {
        return new PipeConfig(
                List.of(command),
                LineEnds.LF,
                true,
                true,
                Duration.ofMinutes(5),
                4096,
                Set.of("PATH", "LANG", "TZ"),
                Map.of(),
                Optional.empty(),
                "+",
                "MAILER-DAEMON",
                "localhost");
    }

    /** Returns the same with other line ends. */
    public PipeConfig withLineEnds(LineEnds ends) {
        return new PipeConfig(
                command,
                ends,
                returnPath,
                deliveredTo,
                timeout,
                output,
                inherited,
                environment,
                directory,
                delimiter,
                nullSender,
                domain);
    }

    /** Returns the same with these fields written above the mail or not. */
    public PipeConfig withFields(boolean path, boolean delivered) {
        return new PipeConfig(
                command,
                lineEnds,
                path,
                delivered,
                timeout,
                output,
                inherited,
                environment,
                directory,
                delimiter,
                nullSender,
                domain);
    }

    /** Returns the same with other bounds. */
    public PipeConfig withBounds(Duration time, int octets) {
        return new PipeConfig(
                command,
                lineEnds,
                returnPath,
                deliveredTo,
                time,
                octets,
                inherited,
                environment,
                directory,
                delimiter,
                nullSender,
                domain);
    }

    /** Returns the same with another environment. */
    public PipeConfig withEnvironment(Set<String> names, Map<String, String> variables) {
        return new PipeConfig(
                command,
                lineEnds,
                returnPath,
                deliveredTo,
                timeout,
                output,
                names,
                variables,
                directory,
                delimiter,
                nullSender,
                domain);
    }

    /** Returns the same, run in this folder. */
    public PipeConfig withDirectory(Path folder) {
        return new PipeConfig(
                command,
                lineEnds,
                returnPath,
                deliveredTo,
                timeout,
                output,
                inherited,
                environment,
                Optional.of(folder),
                delimiter,
                nullSender,
                domain);
    }

    /** Returns the same for addresses that are read this way. */
    public PipeConfig withAddresses(String beforeDetail, String noSender, String ownDomain) {
        return new PipeConfig(
                command,
                lineEnds,
                returnPath,
                deliveredTo,
                timeout,
                output,
                inherited,
                environment,
                directory,
                beforeDetail,
                noSender,
                ownDomain);
    }
}
