package org.mailwright.smtp.testkit.contract;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.mailwright.smtp.core.session.ListenerProfile;

/** Listens to what extensions declare for a listener, and does nothing with it. */
final class DeclaredServer implements ServerSide {

    final Set<String> keywords = new TreeSet<>();
    final Set<String> verbs = new TreeSet<>();
    final Map<String, Parameter<?>> mail = new HashMap<>();
    final Map<String, Parameter<?>> rcpt = new HashMap<>();
    boolean prefaced;
    private final ListenerProfile profile;

    private DeclaredServer(ListenerProfile profile) {
        this.profile = profile;
    }

    static DeclaredServer of(Collection<? extends Extension> extensions, ListenerProfile profile) {
        DeclaredServer declared = new DeclaredServer(profile);
        extensions.forEach(extension -> extension.server(declared));
        return declared;
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
    public ServerSide contentAnswer(ContentAnswer answer) {
        return this;
    }

    @Override
    public ServerSide preface(Preface preface) {
        prefaced = true;
        return this;
    }

    @Override
    public ServerSide keyword(String keyword, Function<SessionView, Optional<List<String>>> parameters) {
        keywords.add(keyword);
        return this;
    }

    @Override
    public ServerSide verb(VerbSpec spec, VerbHandler handler) {
        if (spec.roles().contains(role())) {
            verbs.add(spec.verb());
        }
        return this;
    }

    @Override
    public <T> ServerSide mailParameter(Parameter<T> parameter) {
        mail.put(parameter.keyword(), parameter);
        return this;
    }

    @Override
    public <T> ServerSide rcptParameter(Parameter<T> parameter) {
        rcpt.put(parameter.keyword(), parameter);
        return this;
    }

    @Override
    public <T> ServerSide gate(Stage<T> stage, int order, Gate<? super T> gate) {
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
