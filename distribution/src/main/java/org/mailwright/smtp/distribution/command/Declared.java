package org.mailwright.smtp.distribution.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
import org.mailwright.smtp.core.session.Limits;

/** Listens to what an extension declares, and does nothing with it. */
final class Declared implements ServerSide {
    private final Role role;
    private final String hostname;
    private final Set<String> keywords = new TreeSet<>();
    private final Set<String> verbs = new TreeSet<>();
    private final Set<String> mailParameters = new TreeSet<>();
    private final Set<String> rcptParameters = new TreeSet<>();
    private final Set<String> gates = new TreeSet<>();

    private Declared(Role role, String hostname) {
        this.role = role;
        this.hostname = hostname;
    }

    /** What an extension adds to listeners of this role, in words; empty when nothing can be seen of it. */
    static String by(Extension extension, Role role, String hostname) {
        Declared declared = new Declared(role, hostname);
        extension.server(declared);
        List<String> parts = new ArrayList<>();
        part(parts, "keywords", declared.keywords);
        part(parts, "verbs", declared.verbs);
        part(parts, "MAIL parameters", declared.mailParameters);
        part(parts, "RCPT parameters", declared.rcptParameters);
        part(parts, "gates at", declared.gates);
        part(parts, "requires", new TreeSet<>(extension.requires()));
        part(parts, "excludes", new TreeSet<>(extension.conflicts()));
        return String.join("; ", parts);
    }

    private static void part(List<String> parts, String what, Set<String> names) {
        if (!names.isEmpty()) {
            parts.add(what + " " + String.join(" ", names));
        }
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public String hostname() {
        return hostname;
    }

    @Override
    public int recipients() {
        return Limits.DEFAULT.recipients();
    }

    @Override
    public ServerSide contentAnswer(ContentAnswer answer) {
        return this;
    }

    @Override
    public ServerSide preface(Preface preface) {
        return this;
    }

    @Override
    public ServerSide keyword(String keyword, Function<SessionView, Optional<List<String>>> parameters) {
        keywords.add(keyword);
        return this;
    }

    @Override
    public ServerSide verb(VerbSpec spec, VerbHandler handler) {
        verbs.add(spec.verb());
        return this;
    }

    @Override
    public <T> ServerSide mailParameter(Parameter<T> parameter) {
        mailParameters.add(parameter.keyword());
        return this;
    }

    @Override
    public <T> ServerSide rcptParameter(Parameter<T> parameter) {
        rcptParameters.add(parameter.keyword());
        return this;
    }

    @Override
    public <T> ServerSide gate(Stage<T> stage, int order, Gate<? super T> gate) {
        gates.add(stage.name());
        return this;
    }

    @Override
    public ServerSide observer(Observer observer) {
        return this;
    }

    @Override
    public ServerSide content(int order, ContentStage.Factory stage) {
        return this;
    }

    @Override
    public ServerSide enhancedStatusCodes() {
        return this;
    }
}
