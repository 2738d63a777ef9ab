package org.mailwright.smtp.core.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.extension.ContentAnswer;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.Observer;
import org.mailwright.smtp.core.extension.Preface;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsPolicy;

/**
 * What one listener offers and accepts: its profile and all that its extensions declared, composed once and shared by
 * all sessions.
 *
 * @since 0.1.0
 */
public final class SmtpService {

    record Verb(VerbSpec spec, VerbHandler handler, boolean mayBlock) {}

    private final ListenerProfile profile;
    private final MessageSink sink;
    private final Supplier<String> ids;
    private final Map<String, Verb> verbs = new HashMap<>();
    private final List<VerbSpec> specs;
    private final List<Declarations.Keyword> keywords;
    private final ParameterTable mailParameters;
    private final ParameterTable rcptParameters;
    private final Map<Stage<?>, List<Gate<?>>> gates = new HashMap<>();
    private final List<Observer> observers;
    private final List<ContentStage.Factory> content;
    private final List<ContentAnswer> answers;
    private final Optional<Preface> preface;
    private final boolean enhanced;
    private final boolean bodyMayBlock;
    private final int longestLine;

    /**
     * Composes a service.
     *
     * @param profile what the listener is
     * @param extensions in any order, built-in commands included
     * @param sink takes the mails
     * @param ids draws names for sessions and mails: letters and digits, unique
     * @throws IllegalArgumentException when extensions clash or miss another, naming them
     */
    public SmtpService(
            ListenerProfile profile, List<? extends Extension> extensions, MessageSink sink, Supplier<String> ids) {
        this.profile = profile;
        this.sink = sink;
        this.ids = ids;
        checkTogether(extensions);
        Declarations declared = new Declarations(profile);
        extensions.forEach(declared::take);
        declared.gates.forEach((stage, ordered) -> gates.put(
                stage, ordered.stream().<Gate<?>>map(Declarations.Ordered::what).toList()));
        declared.verbs
                .values()
                .forEach(verb -> verbs.put(
                        verb.spec().verb(),
                        new Verb(
                                verb.spec(),
                                verb.handler(),
                                NonBlocking.mayBlock(verb.handler())
                                        || verb.spec().runs().stream().anyMatch(this::mayBlock))));
        this.specs =
                declared.verbs.values().stream().map(Declarations.Verb::spec).toList();
        this.keywords = List.copyOf(declared.keywords.values());
        this.mailParameters = new ParameterTable(declared.mailParameters);
        this.rcptParameters = new ParameterTable(declared.rcptParameters);
        this.observers = List.copyOf(declared.observers);
        this.content = declared.content.stream().map(Declarations.Ordered::what).toList();
        this.answers = List.copyOf(declared.answers);
        this.preface = declared.preface;
        this.enhanced = declared.enhanced;
        this.bodyMayBlock = NonBlocking.mayBlock(sink)
                || mayBlock(Stage.HEADER)
                || mayBlock(Stage.BODY)
                || content.stream().anyMatch(NonBlocking::mayBlock);
        this.longestLine = Math.max(
                profile.limits().line(),
                specs.stream().mapToInt(VerbSpec::maxLine).max().orElse(VerbSpec.LINE));
    }

    private static void checkTogether(List<? extends Extension> extensions) {
        Set<String> present = new LinkedHashSet<>();
        for (Extension extension : extensions) {
            if (!present.add(extension.id())) {
                throw new IllegalArgumentException("extension " + extension.id() + " is installed twice");
            }
        }
        for (Extension extension : extensions) {
            for (String required : extension.requires()) {
                if (!present.contains(required)) {
                    throw new IllegalArgumentException(
                            "extension " + extension.id() + " requires " + required + ", which is not installed");
                }
            }
            for (String other : extension.conflicts()) {
                if (present.contains(other)) {
                    throw new IllegalArgumentException(
                            "extensions " + extension.id() + " and " + other + " cannot be installed together");
                }
            }
        }
    }

    /** Returns what the listener is. */
    public ListenerProfile profile() {
        return profile;
    }

    /**
     * Tells whether clients may say something in clear before all else. Where the listener begins with TLS, its
     * conversations begin it themselves then, and need {@linkplain #conversation(TlsPolicy) a policy}.
     */
    public boolean isPrefaced() {
        return preface.isPresent();
    }

    /** Returns the conversation with one client, not yet connected. */
    public Conversation conversation() {
        return conversation(Optional.empty());
    }

    /**
     * Returns the conversation with one client, not yet connected.
     *
     * @param tls what TLS begins by, where the listener begins with it and the service {@linkplain #isPrefaced is
     *     prefaced}; in other cases the transport does that
     */
    public Conversation conversation(TlsPolicy tls) {
        return conversation(Optional.of(tls).filter(policy -> profile.implicitTls()));
    }

    private Conversation conversation(Optional<TlsPolicy> tls) {
        Conversation session = new ServerSession(this);
        return preface.<Conversation>map(first -> new PrefacedSession(first, session, tls))
                .orElse(session);
    }

    /** Returns the verbs, sorted by name. */
    public List<VerbSpec> verbs() {
        return specs;
    }

    /** Returns the EHLO keywords that may be offered, sorted. */
    public List<String> keywords() {
        return keywords.stream().map(Declarations.Keyword::keyword).toList();
    }

    @Nullable
    Verb verb(String name) {
        return verbs.get(name);
    }

    /** Returns the lines that extensions add to the answer to EHLO in a session now. */
    List<String> offer(SessionView session) {
        List<String> lines = new ArrayList<>();
        for (Declarations.Keyword keyword : keywords) {
            keyword.parameters()
                    .apply(session)
                    .ifPresent(words -> lines.add(
                            words.isEmpty() ? keyword.keyword() : keyword.keyword() + " " + String.join(" ", words)));
        }
        return lines;
    }

    ParameterTable mailParameters() {
        return mailParameters;
    }

    ParameterTable rcptParameters() {
        return rcptParameters;
    }

    @SuppressWarnings("unchecked") // Declarations.gate() pairs stage and gate by type
    <T> List<Gate<? super T>> gates(Stage<T> stage) {
        List<?> ofStage = gates.getOrDefault(stage, List.of());
        return (List<Gate<? super T>>) ofStage;
    }

    boolean mayBlock(Stage<?> stage) {
        return gates.getOrDefault(stage, List.of()).stream().anyMatch(NonBlocking::mayBlock);
    }

    boolean bodyMayBlock() {
        return bodyMayBlock;
    }

    List<Observer> observers() {
        return observers;
    }

    List<ContentStage.Factory> content() {
        return content;
    }

    List<ContentAnswer> answers() {
        return answers;
    }

    MessageSink sink() {
        return sink;
    }

    String nextId() {
        return ids.get();
    }

    boolean enhanced() {
        return enhanced;
    }

    int longestLine() {
        return longestLine;
    }
}
