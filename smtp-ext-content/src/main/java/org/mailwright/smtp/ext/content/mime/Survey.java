package org.mailwright.smtp.ext.content.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.ext.content.mime.Parts.Token;

/** Reads a mail through and notes what has to be done about each part. */
final class Survey {

    private static final int DEEPEST = 100;
    private static final int MOST_PARTS = 10_000;

    private final Target target;
    private final boolean lines;
    private final List<Action> actions = new ArrayList<>();

    private Survey(Target target, boolean lines) {
        this.target = target;
        this.lines = lines;
    }

    /**
     * Returns what is to be done, in the order of the parts.
     *
     * @throws SmtpException 554 5.6.3 when nothing can be done
     */
    static List<Action> of(InputStream mail, Target target, boolean lines) throws SmtpException, IOException {
        Survey survey = new Survey(target, lines);
        try {
            survey.mail(mail, 0);
        } catch (MimeException malformed) {
            throw impossible("its structure cannot be made out");
        }
        return List.copyOf(survey.actions);
    }

    private void mail(InputStream octets, int outside) throws MimeException, SmtpException, IOException {
        Parts parts = new Parts(octets);
        int depth = outside;
        while (true) {
            if (depth > DEEPEST || actions.size() > MOST_PARTS) {
                throw impossible("it has too many parts within parts");
            }
            switch (parts.next()) {
                case Token.Leaf leaf -> {
                    check(leaf.header());
                    part(leaf, depth);
                }
                case Token.Multipart multipart -> {
                    check(multipart.header());
                    depth++;
                }
                case Token.Preamble preamble -> unseen(preamble.octets());
                case Token.Epilogue epilogue -> unseen(epilogue.octets());
                case Token.Close close -> depth--;
                case Token.End end -> {
                    return;
                }
            }
        }
    }

    private void check(Header header) throws SmtpException {
        if (target == Target.SEVEN_BIT && header.eightBit()) {
            throw impossible("its header is 8-bit");
        }
    }

    private void unseen(InputStream octets) throws IOException {
        actions.add(look(octets).drained().misfit() ? Action.LEAVE_OUT : Action.KEEP);
    }

    private void part(Token.Leaf leaf, int depth) throws SmtpException, IOException {
        Octets octets = look(leaf.octets());
        if (leaf.mail() && !leaf.header().signed()) {
            nested(octets, depth);
        } else if (!octets.drained().misfit()) {
            actions.add(Action.KEEP);
        } else if (leaf.header().signed()) {
            throw impossible("it is signed");
        } else if (!leaf.plain() || leaf.type().equals("message/partial")) {
            throw impossible("a part of it must not be encoded");
        } else {
            actions.add(leaf.text() && octets.mostlyAscii() ? Action.QUOTED_PRINTABLE : Action.BASE64);
        }
    }

    private void nested(Octets octets, int depth) throws SmtpException, IOException {
        int here = actions.size();
        actions.add(Action.NEST);
        boolean wellFormed = true;
        try {
            mail(octets, depth + 1);
        } catch (MimeException malformed) {
            wellFormed = false;
        }
        if (!octets.drained().misfit()) {
            actions.subList(here, actions.size()).clear();
            actions.add(Action.KEEP);
        } else if (!wellFormed) {
            throw impossible("the structure of a mail within it cannot be made out");
        }
    }

    private Octets look(InputStream octets) {
        return new Octets(octets, target, lines);
    }

    private static SmtpException impossible(String why) {
        return new SmtpException(
                Reply.of(554, "5.6.3", "The content does not fit the next server, and cannot be converted: " + why));
    }
}
