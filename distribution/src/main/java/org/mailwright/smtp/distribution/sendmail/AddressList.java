package org.mailwright.smtp.distribution.sendmail;

import java.util.ArrayList;
import java.util.List;

/**
 * The addresses in a header field such as To (RFC 5322 §3.4), without names and comments.
 *
 * <p>Only what the addresses are is found out; whether each is one is for {@code Mailbox.parse}.
 */
final class AddressList {
    private final List<String> found = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder angle = new StringBuilder();
    private boolean inQuotes;
    private boolean inAngle;
    private boolean hadAngle;
    private int comments;

    private AddressList() {}

    static List<String> parse(String field) {
        AddressList list = new AddressList();
        for (int at = 0; at < field.length(); at++) {
            char next = field.charAt(at);
            if (next == '\\' && at + 1 < field.length() && (list.inQuotes || list.comments > 0)) {
                list.keep(next);
                at++;
                list.keep(field.charAt(at));
            } else {
                list.take(next);
            }
        }
        list.addressEnds();
        return list.found;
    }

    private void take(char next) {
        if (inQuotes) {
            inQuotes = next != '"';
            keep(next);
        } else if (comments > 0) {
            comments += next == '(' ? 1 : next == ')' ? -1 : 0;
        } else {
            outside(next);
        }
    }

    private void outside(char next) {
        switch (next) {
            case '"' -> {
                inQuotes = true;
                keep(next);
            }
            case '(' -> comments++;
            case '<' -> {
                inAngle = true;
                hadAngle = true;
            }
            case '>' -> inAngle = false;
            case ' ', '\t', '\r', '\n' -> {}
            case ',', ';', ':' -> {
                if (inAngle) {
                    keep(next); // a source route; what parses the address knows what to do
                } else if (next == ':') {
                    plain.setLength(0); // what stood before is a group's name
                } else {
                    addressEnds();
                }
            }
            default -> keep(next);
        }
    }

    private void keep(char next) {
        if (comments == 0) {
            (inAngle ? angle : plain).append(next);
        }
    }

    private void addressEnds() {
        String address = (hadAngle ? angle : plain).toString();
        if (!address.isEmpty()) {
            found.add(address);
        }
        plain.setLength(0);
        angle.setLength(0);
        hadAngle = false;
        inAngle = false;
    }
}
