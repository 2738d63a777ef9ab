package org.mailwright.smtp.ext.verify;

import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;

/** Makes replies of what a directory knows (RFC 5321 §3.5.2, §3.5.3, §4.2.3). */
final class Answers {

    static final Reply UNVERIFIED = Reply.of(252, "2.0.0", "Cannot verify the user, but will try to deliver mail");
    static final Reply UNDISCLOSED = Reply.of(252, "2.0.0", "Members of lists are not told, but mail is taken");

    private static final int MOST_LINES = 512;
    private static final EnhancedCode VALID = new EnhancedCode(2, 1, 5);
    private static final EnhancedCode AMBIGUOUS = new EnhancedCode(5, 1, 4);
    private static final Reply UNKNOWN_USER = Reply.of(550, "5.1.1", "No such user here");
    private static final Reply UNKNOWN_LIST = Reply.of(550, "5.1.1", "No such list here");
    private static final Reply IS_LIST = Reply.of(550, "5.1.1", "That is a mailing list, not a user");
    private static final Reply IS_USER = Reply.of(550, "5.1.1", "That is a user name, not a mailing list");

    private static final Reply HIDDEN =
            Reply.of(252, "2.6.8", "The mailbox has a name in UTF-8; ask with SMTPUTF8 to have it told");
    private static final Reply MOVED_HIDDEN =
            Reply.of(550, "5.6.8", "The mailbox has a new name in UTF-8; ask with SMTPUTF8 to have it told");

    private Answers() {}

    /** Returns the reply, in UTF-8 where the client takes that. */
    static Reply of(Verification verification, boolean utf8) {
        Reply reply = of(verification);
        if (reply.isAscii()) {
            return reply;
        }
        if (utf8) {
            return reply.inUtf8();
        }
        return switch (verification) {
            case Verification.Local(Entry entry) -> entry.mailbox().isAscii() ? reply : HIDDEN;
            case Verification.Forwarded forwarded -> HIDDEN;
            case Verification.Moved moved -> MOVED_HIDDEN;
            case Verification.Ambiguous(List<Entry> choices) -> isAscii(choices) ? reply : ambiguous(List.of());
            case Verification.Unverified unverified -> reply;
            case Verification.Unknown unknown -> reply;
            case Verification.IsList list -> reply;
        };
    }

    /** Returns the reply, in UTF-8 where the client takes that. */
    static Reply of(Expansion expansion, boolean utf8) {
        Reply reply = of(expansion);
        if (utf8) {
            return reply.isAscii() ? reply : reply.inUtf8();
        }
        return switch (expansion) {
            case Expansion.Members(List<Entry> entries) -> isAscii(entries) ? reply : HIDDEN;
            case Expansion.Undisclosed undisclosed -> reply;
            case Expansion.Unknown unknown -> reply;
            case Expansion.IsUser user -> reply;
        };
    }

    private static boolean isAscii(List<Entry> entries) {
        return entries.stream().allMatch(entry -> entry.mailbox().isAscii());
    }

    private static Reply of(Verification verification) {
        return switch (verification) {
            case Verification.Local(Entry entry) -> Reply.of(250, VALID, entry.line());
            case Verification.Forwarded(Entry entry) ->
                Reply.of(
                        251,
                        VALID,
                        "User not local; will forward to " + entry.mailbox().path());
            case Verification.Unverified unverified -> UNVERIFIED;
            case Verification.Unknown unknown -> UNKNOWN_USER;
            case Verification.IsList list -> IS_LIST;
            case Verification.Moved moved ->
                Reply.of(
                        551,
                        "5.1.6",
                        "User not local; please try " + moved.mailbox().path());
            case Verification.Ambiguous(List<Entry> choices) -> ambiguous(choices);
        };
    }

    private static Reply of(Expansion expansion) {
        return switch (expansion) {
            case Expansion.Members(List<Entry> entries) ->
                entries.isEmpty() || entries.size() > MOST_LINES
                        ? UNDISCLOSED
                        : Reply.of(250, VALID, entries.stream().map(Entry::line).toList());
            case Expansion.Undisclosed undisclosed -> UNDISCLOSED;
            case Expansion.Unknown unknown -> UNKNOWN_LIST;
            case Expansion.IsUser user -> IS_USER;
        };
    }

    private static Reply ambiguous(List<Entry> choices) {
        if (choices.isEmpty() || choices.size() >= MOST_LINES) {
            return Reply.of(553, AMBIGUOUS, "User ambiguous");
        }
        List<String> lines = new ArrayList<>();
        lines.add("Ambiguous; possibilities are");
        choices.forEach(choice -> lines.add(choice.line()));
        return Reply.of(553, AMBIGUOUS, lines);
    }
}
