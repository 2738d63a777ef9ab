package org.mailwright.smtp.distribution.sendmail;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.distribution.sendmail.SendmailException.Kind;

/**
 * The command line of {@code sendmail}, as far as mail programs use it.
 *
 * @param mode what is asked for
 * @param sender the envelope sender: {@code -f} or {@code -r}
 * @param fullName the sender's name in a From that has to be made: {@code -F}
 * @param recipientsFromHeader whether To, Cc and Bcc are read: {@code -t}
 * @param dotEnds whether a line with a single dot ends the mail: not with {@code -i} or {@code -oi}
 * @param verbose whether the replies are printed: {@code -v}
 * @param config the configuration file: {@code -C}
 * @param server where to send to instead of the configured listener: {@code -S}, as in BSD's mail programs
 * @param flush what is to be tried, in mode FLUSH; nothing: all
 * @param recipients the addresses of the command line
 * @since 0.1.0
 */
public record SendmailOptions(
        Mode mode,
        Optional<String> sender,
        Optional<String> fullName,
        boolean recipientsFromHeader,
        boolean dotEnds,
        boolean verbose,
        Optional<String> config,
        Optional<String> server,
        Flush flush,
        List<String> recipients) {

    /**
     * What of the queue is to be tried.
     *
     * @param mail the id of a mail: {@code -qI}
     * @param site a destination: {@code -qR}
     * @since 0.1.0
     */
    public record Flush(Optional<String> mail, Optional<String> site) {}

    /** What is asked for. */
    public enum Mode {
        /** Take a mail from standard input: {@code -bm}. */
        MAIL,
        /** Speak SMTP on standard input and output: {@code -bs}. */
        SMTP,
        /** Show the queue: {@code -bp}. */
        QUEUE,
        /** Try what is in the queue now: {@code -q}. */
        FLUSH,
        /** Read the aliases again: {@code -bi}. */
        ALIASES,
        /** Show the help: {@code --help}. */
        HELP
    }

    /** Options with a value that change nothing here; the value stands in the same word or is the next one. */
    private static final String IGNORED_WITH_VALUE = "BdhLNoOpRVX";

    /** Options without a value that change nothing here. */
    private static final String IGNORED = "cmnGUaesIx";

    /** Of those with a value, the ones whose value must stand in the same word. */
    private static final String SAME_WORD_ONLY = "do";

    /**
     * What the words of a command line say.
     *
     * @throws SendmailException for an option that does not exist, or one without its value
     */
    public static SendmailOptions parse(List<String> words) throws SendmailException {
        return new Parser(words).parse();
    }

    private static final class Parser {
        private final Iterator<String> words;
        private final List<String> recipients = new ArrayList<>();
        private Mode mode = Mode.MAIL;
        private Optional<String> sender = Optional.empty();
        private Optional<String> fullName = Optional.empty();
        private Optional<String> config = Optional.empty();
        private Optional<String> server = Optional.empty();
        private Flush flush = new Flush(Optional.empty(), Optional.empty());
        private boolean fromHeader;
        private boolean dotEnds = true;
        private boolean verbose;

        Parser(List<String> words) {
            this.words = words.iterator();
        }

        SendmailOptions parse() throws SendmailException {
            while (words.hasNext()) {
                String word = words.next();
                if (word.equals("--")) {
                    words.forEachRemaining(recipients::add);
                } else if (word.equals("--help")) {
                    mode = Mode.HELP;
                } else if (word.equals("--config")) {
                    config = Optional.of(value(word, 1));
                } else if (word.equals("--server")) {
                    server = Optional.of(value(word, 1));
                } else if (word.startsWith("-") && word.length() > 1) {
                    option(word);
                } else {
                    recipients.add(word);
                }
            }
            return new SendmailOptions(
                    mode,
                    sender,
                    fullName,
                    fromHeader,
                    dotEnds,
                    verbose,
                    config,
                    server,
                    flush,
                    List.copyOf(recipients));
        }

        /** One word with one option that has a value, or with several that have none. */
        private void option(String word) throws SendmailException {
            for (int at = 1; at < word.length(); at++) {
                char letter = word.charAt(at);
                switch (letter) {
                    case 't' -> fromHeader = true;
                    case 'i' -> dotEnds = false;
                    case 'v' -> verbose = true;
                    case 'f', 'r' -> sender = Optional.of(value(word, at));
                    case 'F' -> fullName = Optional.of(value(word, at));
                    case 'C' -> config = Optional.of(value(word, at));
                    case 'S' -> server = Optional.of(value(word, at));
                    case 'b' -> mode = mode(word, at);
                    case 'q' -> queue(word.substring(at + 1));
                    default -> other(word, at);
                }
                if ("frFCSbq".indexOf(letter) >= 0 || IGNORED_WITH_VALUE.indexOf(letter) >= 0) {
                    return; // the rest of the word was its value
                }
            }
        }

        private void other(String word, int at) throws SendmailException {
            char letter = word.charAt(at);
            if (letter == 'o' && word.substring(at + 1).equals("i")) {
                dotEnds = false;
            } else if (IGNORED_WITH_VALUE.indexOf(letter) >= 0) {
                if (SAME_WORD_ONLY.indexOf(letter) < 0) {
                    value(word, at);
                }
            } else if (IGNORED.indexOf(letter) < 0) {
                throw new SendmailException(Kind.USAGE, "there is no option -" + letter + " (in " + word + ")");
            }
        }

        /** All, one mail, or what goes to one site. How often a daemon is to look at it changes nothing here. */
        private void queue(String which) {
            if (which.isEmpty() || which.startsWith("I") || which.startsWith("R")) {
                mode = Mode.FLUSH;
                Optional<String> value = Optional.of(which.substring(Math.min(1, which.length())))
                        .filter(some -> !some.isEmpty());
                flush = which.startsWith("I") ? new Flush(value, Optional.empty()) : new Flush(Optional.empty(), value);
            }
        }

        private static Mode mode(String word, int at) throws SendmailException {
            return switch (word.substring(at + 1)) {
                case "m" -> Mode.MAIL;
                case "s" -> Mode.SMTP;
                case "p" -> Mode.QUEUE;
                case "i" -> Mode.ALIASES;
                default -> throw new SendmailException(Kind.USAGE, "expected -bm, -bs, -bp or -bi, found " + word);
            };
        }

        private String value(String word, int at) throws SendmailException {
            if (at + 1 < word.length() && !word.startsWith("--")) {
                return word.substring(at + 1);
            }
            if (!words.hasNext()) {
                throw new SendmailException(Kind.USAGE, "expected a value behind " + word + ", found nothing");
            }
            return words.next();
        }
    }
}
