package org.mailwright.smtp.distribution.assembly;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mailwright.smtp.core.attribute.AttributeKey;
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
import org.mailwright.smtp.queue.DurableAttributes;

/** Listens to what extensions declare, for the values that the queue has to keep. */
final class DurableKeys implements ServerSide {

    private final Role role;
    private final String hostname;
    private final Set<AttributeKey<?>> keys;

    private DurableKeys(Role role, String hostname, Set<AttributeKey<?>> keys) {
        this.role = role;
        this.hostname = hostname;
        this.keys = keys;
    }

    /** Returns the values that parameters of these extensions set, and those that they name. */
    static DurableAttributes of(Collection<? extends Extension> extensions, String hostname) {
        Set<AttributeKey<?>> keys = new LinkedHashSet<>();
        for (Role role : Role.values()) {
            DurableKeys side = new DurableKeys(role, hostname, keys);
            extensions.forEach(extension -> extension.server(side));
        }
        return new DurableAttributes(keys);
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
        return this;
    }

    @Override
    public ServerSide verb(VerbSpec spec, VerbHandler handler) {
        return this;
    }

    @Override
    public <T> ServerSide mailParameter(Parameter<T> parameter) {
        keys.add(parameter.key());
        return this;
    }

    @Override
    public <T> ServerSide rcptParameter(Parameter<T> parameter) {
        keys.add(parameter.key());
        return this;
    }

    @Override
    public ServerSide durable(AttributeKey<?> key) {
        keys.add(key);
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
