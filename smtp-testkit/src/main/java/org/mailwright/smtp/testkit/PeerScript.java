package org.mailwright.smtp.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What a {@link ScriptedPeer} says: a well-behaved server, but for the moments that the script names. A moment is a
 * verb ({@code RCPT}), a verb and how often it has come on the connection ({@code RCPT#2}), or one of {@link #CONNECT},
 * {@link #CONTENT} and {@link #END}. Immutable; each method returns a changed copy.
 *
 * @since 0.1.0
 */
public final class PeerScript {

    /** The moment of the greeting. */
    public static final String CONNECT = "(connect)";

    /** The moment after the 354, before the content is read. */
    public static final String CONTENT = "(content)";

    /** The moment after the content has been read, by DATA or the last BDAT. */
    public static final String END = "(end)";

    private final Map<String, PeerAction> actions;
    private final List<String> keywords;
    private final List<String> keywordsInTls;
    private final Optional<SSLContext> tls;
    private final boolean implicitTls;
    private final boolean lmtp;

    private PeerScript(
            Map<String, PeerAction> actions,
            List<String> keywords,
            List<String> keywordsInTls,
            Optional<SSLContext> tls,
            boolean implicitTls,
            boolean lmtp) {
        this.actions = Map.copyOf(actions);
        this.keywords = List.copyOf(keywords);
        this.keywordsInTls = List.copyOf(keywordsInTls);
        this.tls = tls;
        this.implicitTls = implicitTls;
        this.lmtp = lmtp;
    }

    /** Returns a server that offers these keywords and takes every mail. */
    public static PeerScript offering(String... keywords) {
        List<String> offer = List.of(keywords);
        return new PeerScript(Map.of(), offer, offer, Optional.empty(), false, false);
    }

    /** Returns the same, but at this moment it does this. */
    public PeerScript on(String moment, PeerAction action) {
        Map<String, PeerAction> more = new HashMap<>(actions);
        more.put(moment.toUpperCase(Locale.ROOT), action);
        return new PeerScript(more, keywords, keywordsInTls, tls, implicitTls, lmtp);
    }

    /** Returns the same, but at this moment it says this line. */
    public PeerScript on(String moment, String reply) {
        return on(moment, PeerAction.say(reply));
    }

    /** Returns the same, with STARTTLS by this context, and other keywords within TLS. */
    public PeerScript startTls(SSLContext context, String... offeredInTls) {
        List<String> withStartTls = new ArrayList<>(keywords);
        withStartTls.add("STARTTLS");
        return new PeerScript(actions, withStartTls, List.of(offeredInTls), Optional.of(context), false, lmtp);
    }

    /** Returns the same, with TLS from the first octet on. */
    public PeerScript implicitTls(SSLContext context) {
        return new PeerScript(actions, keywords, keywords, Optional.of(context), true, lmtp);
    }

    /** Returns the same, with one answer to the content for each recipient that was accepted (RFC 2033). */
    public PeerScript lmtp() {
        return new PeerScript(actions, keywords, keywordsInTls, tls, implicitTls, true);
    }

    /** Returns what it does at a moment that has come so often. */
    PeerAction action(String moment, int times) {
        PeerAction exact = actions.get(moment.toUpperCase(Locale.ROOT) + "#" + times);
        return exact != null ? exact : actions.getOrDefault(moment.toUpperCase(Locale.ROOT), PeerAction.behave());
    }

    List<String> keywords(boolean inTls) {
        return inTls ? keywordsInTls : keywords;
    }

    Optional<SSLContext> tls() {
        return tls;
    }

    boolean isImplicitTls() {
        return implicitTls;
    }

    boolean isLmtp() {
        return lmtp;
    }
}
