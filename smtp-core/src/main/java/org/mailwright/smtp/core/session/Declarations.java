package org.mailwright.smtp.core.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.mailwright.smtp.core.extension.ContentAnswer;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.Observer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.Preface;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.mail.Role;

/** Collects what the extensions of one listener declare, and refuses what two of them claim. */
final class Declarations implements ServerSide {

    record Keyword(String keyword, Function<SessionView, Optional<List<String>>> parameters, String extension) {}

    record Verb(VerbSpec spec, VerbHandler handler, String extension) {}

    record Ordered<T>(int order, T what) {}

    private final ListenerProfile profile;
    final Map<String, Keyword> keywords = new TreeMap<>();
    final Map<String, Verb> verbs = new TreeMap<>();
    final Map<String, Parameter<?>> mailParameters = new HashMap<>();
    final Map<String, Parameter<?>> rcptParameters = new HashMap<>();
    final Map<Stage<?>, List<Ordered<Gate<?>>>> gates = new HashMap<>();
    final List<Observer> observers = new ArrayList<>();
    final List<Ordered<ContentStage.Factory>> content = new ArrayList<>();
    final List<ContentAnswer> answers = new ArrayList<>();
    Optional<Preface> preface = Optional.empty();
    boolean enhanced;
    private final Map<String, String> claims = new HashMap<>();
    private String extension = "";

    Declarations(ListenerProfile profile) {
        this.profile = profile;
    }

    void take(Extension next) {
        extension = next.id();
        next.server(this);
    }

    @Override
    public Role role() {
        return profile.role();
    }

    @Override
    public String hostname() {
        return profile.hostname();
    }

    @Override
    public int recipients() {
        return profile.limits().recipients();
    }

    @Override
    public boolean repairsLineEnds() {
        return profile.limits().repairLineEnds();
    }

    @Override
    public ServerSide keyword(String keyword, Function<SessionView, Optional<List<String>>> parameters) {
        claim("keyword", keyword);
        keywords.put(keyword, new Keyword(keyword, parameters, extension));
        return this;
    }

    @Override
    public ServerSide verb(VerbSpec spec, VerbHandler handler) {
        if (spec.roles().contains(profile.role())) {
            claim("verb", spec.verb());
            verbs.put(spec.verb(), new Verb(spec, handler, extension));
        }
        return this;
    }

    @Override
    public <T> ServerSide mailParameter(Parameter<T> parameter) {
        add("parameter of MAIL", parameter, mailParameters);
        return this;
    }

    @Override
    public <T> ServerSide rcptParameter(Parameter<T> parameter) {
        add("parameter of RCPT", parameter, rcptParameters);
        return this;
    }

    @Override
    public <T> ServerSide gate(Stage<T> stage, int order, Gate<? super T> gate) {
        List<Ordered<Gate<?>>> ofStage = gates.computeIfAbsent(stage, ignored -> new ArrayList<>());
        ofStage.add(new Ordered<>(order, gate));
        ofStage.sort(Comparator.comparingInt(Ordered::order));
        return this;
    }

    @Override
    public ServerSide observer(Observer observer) {
        observers.add(observer);
        return this;
    }

    @Override
    public ServerSide content(int order, ContentStage.Factory factory) {
        content.add(new Ordered<>(order, factory));
        content.sort(Comparator.comparingInt(Ordered::order));
        return this;
    }

    @Override
    public ServerSide contentAnswer(ContentAnswer answer) {
        answers.add(answer);
        return this;
    }

    @Override
    public ServerSide preface(Preface first) {
        claim("preface of", "a connection");
        preface = Optional.of(first);
        return this;
    }

    @Override
    public ServerSide enhancedStatusCodes() {
        enhanced = true;
        return this;
    }

    @SuppressWarnings("unchecked") // who has the key has its type
    private <T> void add(String kind, Parameter<T> parameter, Map<String, Parameter<?>> to) {
        Parameter<?> known = to.get(parameter.keyword());
        if (known != null && known.sharedWith(parameter)) {
            to.put(parameter.keyword(), ((Parameter<T>) known).or(parameter));
        } else {
            claim(kind, parameter.keyword());
            to.put(parameter.keyword(), parameter);
        }
    }

    private void claim(String kind, String name) {
        String other = claims.putIfAbsent(kind + " " + name, extension);
        if (other != null) {
            throw new IllegalArgumentException(
                    "extensions " + other + " and " + extension + " both declare the " + kind + " " + name);
        }
    }
}
