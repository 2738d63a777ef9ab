package org.mailwright.smtp.ext.burl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said to an IMAP server to get the content of one URL: STARTTLS, AUTHENTICATE PLAIN (RFC 4468 §3.3), URLFETCH
 * (RFC 4467 §7). The server is not believed: what it says is bounded in length, number and time.
 */
final class ImapConversation {

    private static final Logger LOG = LoggerFactory.getLogger(BurlExtension.class);
    private static final Reply UNAVAILABLE = Reply.of(451, "4.4.1", "IMAP server unavailable");
    private static final Reply NOT_NOW = Reply.of(451, "4.6.6", "The IMAP server cannot give the content now");
    private static final Reply NO_CONTENT = Reply.of(554, "5.6.6", "IMAP URL resolution failed");
    private static final Reply TOO_LARGE = Reply.of(554, "5.3.4", "Message too big for system");

    /** Lines that a server may say in answer to one command. */
    private static final int MOST_LINES = 1000;

    private static final Pattern FETCHED =
            Pattern.compile("\\* URLFETCH (?:\"[^\"]*\"|[^ \"{]+) (.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("~?\\{([0-9]{1,18})\\+?}");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"");

    /** Takes the content, piece by piece. */
    @FunctionalInterface
    interface Taker {
        void take(ByteBuffer octets) throws SmtpException, IOException;
    }

    private final ImapChannel channel;
    private final Taker taker;
    private final long largest;
    private int tags;
    private boolean found;

    private ImapConversation(ImapChannel channel, Taker taker, long largest) {
        this.channel = channel;
        this.taker = taker;
        this.largest = largest;
    }

    /**
     * Fetches the content of a URL.
     *
     * @param user who has logged in here
     * @throws SmtpException when it cannot be had, or is not taken
     */
    static void fetch(ImapUrl url, String user, ImapServer server, BurlConfig config, Taker taker)
            throws SmtpException {
        String name = url.server().replaceFirst(":[0-9]+$", "");
        try (ImapChannel channel = new ImapChannel(server, name, config.timeout())) {
            ImapConversation talk = new ImapConversation(channel, taker, config.largest());
            talk.enter(server, server.onBehalf() ? user : "");
            talk.fetch(url);
        } catch (IOException e) {
            LOG.warn("No content from {}: {}", url, e.toString());
            throw new SmtpException(UNAVAILABLE, e);
        }
    }

    private void enter(ImapServer server, String authorization) throws IOException {
        String greeting = channel.line();
        if (!greeting.toUpperCase(Locale.ROOT).startsWith("* OK")) {
            throw new IOException("the server does not greet");
        }
        if (server.security() == ImapServer.Security.STARTTLS) {
            require(command("STARTTLS"), "STARTTLS");
            channel.secure();
        }
        String tag = "a" + ++tags;
        channel.send(tag + " AUTHENTICATE PLAIN");
        String prompt = channel.line();
        for (int lines = 0; prompt.startsWith("* "); lines++) {
            bound(lines);
            prompt = channel.line();
        }
        if (!prompt.startsWith("+")) {
            throw new IOException("the server does not take AUTHENTICATE PLAIN");
        }
        byte[] credentials =
                (authorization + "\0" + server.user() + "\0" + server.password()).getBytes(StandardCharsets.UTF_8);
        channel.send(Base64.getEncoder().encodeToString(credentials));
        require(answer(tag), "AUTHENTICATE");
    }

    private static void require(String status, String what) throws IOException {
        if (!status.equals("OK")) {
            throw new IOException(what + " was answered " + status);
        }
    }

    private void fetch(ImapUrl url) throws IOException, SmtpException {
        String status = urlFetch("a" + ++tags, url);
        if (status.equals("NO")) {
            throw new SmtpException(NOT_NOW);
        }
        if (!status.equals("OK") || !found) {
            throw new SmtpException(NO_CONTENT);
        }
        channel.send("a" + ++tags + " LOGOUT");
    }

    private String urlFetch(String tag, ImapUrl url) throws IOException, SmtpException {
        channel.send(tag + " URLFETCH \"" + url.text() + "\"");
        for (int lines = 0; ; lines++) {
            bound(lines);
            String line = channel.line();
            if (line.startsWith(tag + " ")) {
                return status(line, tag);
            }
            Matcher fetched = FETCHED.matcher(line);
            if (fetched.matches() && !found) {
                content(fetched.group(1));
            } else if (LITERAL.matcher(line).find()) {
                throw new IOException("a literal that nobody asked for");
            }
        }
    }

    /** Takes NIL, a literal or a quoted text. */
    private void content(String value) throws IOException, SmtpException {
        Matcher literal = LITERAL.matcher(value);
        Matcher quoted = QUOTED.matcher(value);
        if (literal.matches()) {
            long octets = Long.parseLong(literal.group(1));
            if (octets > largest) {
                throw new SmtpException(TOO_LARGE);
            }
            found = true;
            literal(octets);
        } else if (quoted.matches()) {
            found = true;
            String text = quoted.group(1).replaceAll("\\\\(.)", "$1");
            if (text.length() > largest) {
                throw new SmtpException(TOO_LARGE);
            }
            give(text.getBytes(StandardCharsets.ISO_8859_1));
        } else if (!value.equalsIgnoreCase("NIL")) {
            throw new IOException("an answer to URLFETCH that nobody understands");
        }
    }

    private void literal(long octets) throws IOException, SmtpException {
        byte[] piece = new byte[(int) Math.min(octets, 64 * 1024)];
        long left = octets;
        while (left > 0) {
            int count = channel.read(piece, (int) Math.min(left, piece.length));
            taken(ByteBuffer.wrap(piece, 0, count));
            left -= count;
        }
        String rest = channel.line();
        if (!rest.isEmpty()) {
            throw new IOException("something behind the content");
        }
    }

    private void give(byte[] octets) throws SmtpException, IOException {
        if (octets.length > 0) {
            taken(ByteBuffer.wrap(octets));
        }
    }

    /** A failure of ours is none of the server's. */
    private void taken(ByteBuffer octets) throws SmtpException {
        try {
            taker.take(octets);
        } catch (IOException ours) {
            throw new SmtpException(Reply.of(451, "4.3.0", "Local error in processing"), ours);
        }
    }

    private String command(String words) throws IOException {
        String tag = "a" + ++tags;
        channel.send(tag + " " + words);
        return answer(tag);
    }

    private String answer(String tag) throws IOException {
        for (int lines = 0; ; lines++) {
            bound(lines);
            String line = channel.line();
            if (line.startsWith(tag + " ")) {
                return status(line, tag);
            }
        }
    }

    private static String status(String line, String tag) {
        String rest = line.substring(tag.length() + 1);
        int end = rest.indexOf(' ');
        return (end < 0 ? rest : rest.substring(0, end)).toUpperCase(Locale.ROOT);
    }

    private static void bound(int lines) throws IOException {
        if (lines >= MOST_LINES) {
            throw new IOException("more than " + MOST_LINES + " lines in answer to one command");
        }
    }
}
