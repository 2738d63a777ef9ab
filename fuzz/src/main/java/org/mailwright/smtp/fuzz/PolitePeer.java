package org.mailwright.smtp.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A server that answers whatever a client says: so that a script need not, and comes further. It understands all that
 * the client may say, and finds anything else.
 */
final class PolitePeer {

    private static final String KEYWORDS = "250-mx.example.org\r\n250-STARTTLS\r\n250-ASK\r\n250-PIPELINING\r\n";

    private final boolean lmtp;
    private String heard = "";
    private boolean content;
    private int chunk = -1;
    private boolean lastChunk;
    private int recipients;
    private boolean awaited;
    private String line = "";
    private List<String> due = new ArrayList<>(List.of("220 mx.example.org\r\n"));

    PolitePeer(boolean lmtp) {
        this.lmtp = lmtp;
    }

    /** Takes what the client says. */
    void hear(String said) {
        heard += said;
        while (one()) {
            // until there is nothing whole
        }
    }

    /** Returns what is due, and forgets it. */
    List<String> answers() {
        List<String> all = due;
        due = new ArrayList<>();
        return all;
    }

    /** Returns refusals in place of what is due, and forgets it. */
    List<String> refusals(int code) {
        return answers().stream()
                .map(answer -> answer.startsWith("354") ? answer : code + " no\r\n")
                .toList();
    }

    /** Notes that a script answers, and what: nothing else is due any more. */
    void answered(String octets) {
        due.clear();
        went(octets);
    }

    /** Notes that octets go to the client: behind a 354, or any other 3xx, it sends content. */
    void went(String octets) {
        line += octets;
        if (line.endsWith("\n")) {
            boolean goOn = line.matches("(?s)3[0-9][0-9][ \\r\\n].*");
            content |= awaited && goOn;
            awaited &= !goOn;
            line = "";
        }
    }

    private boolean one() {
        if (chunk >= 0) {
            return octets();
        }
        if (content) {
            return lines();
        }
        int end = heard.indexOf("\r\n");
        if (end < 0) {
            return false;
        }
        String command = heard.substring(0, end);
        heard = heard.substring(end + 2);
        Check.noControl(new String(Check.octets(command), StandardCharsets.UTF_8), "a command");
        command(command);
        return true;
    }

    private void command(String command) {
        awaited = false;
        String[] words = command.split(" ", -1);
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "EHLO", "LHLO" -> due.add(KEYWORDS + (heard.length() % 2 == 0 ? "250 CHUNKING\r\n" : "250 X\r\n"));
            case "MAIL" -> {
                recipients = 0;
                due.add("250 2.1.0 fine\r\n");
            }
            case "RCPT" -> {
                recipients++;
                due.add("250 2.1.5 fine\r\n");
            }
            case "DATA" -> {
                awaited = true;
                due.add("354 go on\r\n");
            }
            case "BDAT" -> {
                chunk = Integer.parseInt(words[1]);
                lastChunk = words.length > 2;
            }
            case "ASK" -> due.add("334 what\r\n");
            case "STARTTLS" -> due.add("220 go on\r\n");
            case "QUIT" -> due.add("221 bye\r\n");
            case "HELO", "RSET", "AN" -> due.add("250 fine\r\n");
            default -> throw new AssertionError("the client says " + command);
        }
    }

    private boolean lines() {
        int end = ("\r\n" + heard).indexOf("\r\n.\r\n");
        if (end < 0) {
            return false;
        }
        heard = heard.substring(end + 3);
        content = false;
        dueForMail();
        return true;
    }

    private boolean octets() {
        if (heard.length() < chunk) {
            return false;
        }
        heard = heard.substring(chunk);
        chunk = -1;
        if (lastChunk) {
            dueForMail();
        } else {
            due.add("250 2.0.0 octets\r\n");
        }
        return true;
    }

    private void dueForMail() {
        for (int i = 0; i < (lmtp ? recipients : 1); i++) {
            due.add("250 2.0.0 taken\r\n");
        }
    }
}
