package org.mailwright.smtp.testkit.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.extension.BodyWriter;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.ClientObserver;
import org.mailwright.smtp.core.extension.ClientPhase;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ClientStep;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;

/** Listens to what the client half of an extension declares, and does nothing with it. */
final class DeclaredClient implements ClientSide {

    final Set<String> keywords = new TreeSet<>();
    final Map<String, Parameter<?>> mail = new HashMap<>();
    final Map<String, Parameter<?>> rcpt = new HashMap<>();

    private DeclaredClient() {}

    static DeclaredClient of(Extension extension) {
        DeclaredClient declared = new DeclaredClient();
        extension.client(declared);
        return declared;
    }

    @Override
    public <T> ClientSide negotiate(String keyword, Function<List<String>, Optional<T>> parse, AttributeKey<T> peer) {
        return this;
    }

    @Override
    public <T> ClientSide mailParameter(String keyword, Parameter<T> parameter, WhenMissing policy) {
        keywords.add(keyword);
        mail.put(parameter.keyword(), parameter);
        return this;
    }

    @Override
    public <T> ClientSide rcptParameter(String keyword, Parameter<T> parameter, WhenMissing policy) {
        keywords.add(keyword);
        rcpt.put(parameter.keyword(), parameter);
        return this;
    }

    @Override
    public ClientSide step(ClientPhase phase, int order, ClientStep step) {
        return this;
    }

    @Override
    public ClientSide preparer(int order, MailPreparer preparer) {
        return this;
    }

    @Override
    public ClientSide prelude(String keyword, BiFunction<OutgoingMail, PeerView, List<ClientLine>> lines) {
        return this;
    }

    @Override
    public ClientSide bodyWriter(String keyword, int preference, BodyWriter writer) {
        return this;
    }

    @Override
    public ClientSide contentAnswer(String keyword, BiPredicate<OutgoingMail, Reply> announced) {
        return this;
    }

    @Override
    public ClientSide seesToEightBit() {
        return this;
    }

    @Override
    public ClientSide observer(ClientObserver observer) {
        return this;
    }
}
