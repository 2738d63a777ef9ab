package org.mailwright.smtp.core.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
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

/**
 * What the extensions of one client add, put in order. Immutable; one serves any number of connections.
 *
 * @since 0.1.0
 */
public final class ClientProfile {

    /** A client without extensions. */
    public static final ClientProfile BARE = of(List.of());

    /** How a line of the answer to EHLO becomes a value. */
    record Negotiation<T>(Function<List<String>, Optional<T>> parse, AttributeKey<T> key) {
        Attributes apply(List<String> words, Attributes to) {
            return parse.apply(words).map(value -> to.with(key, value)).orElse(to);
        }
    }

    /** A parameter and the keyword that it needs. */
    record Offered<T>(String keyword, Parameter<T> parameter, WhenMissing policy) {}

    /** A body writer and the keyword that it needs. */
    record Writer(String keyword, int preference, BodyWriter writer) {}

    /** What is said in front of MAIL, and the keyword that it needs. */
    record Prelude(String keyword, BiFunction<OutgoingMail, PeerView, List<ClientLine>> lines) {}

    /** How a server says that it answers a content once for each recipient, and the keyword that it needs. */
    record Answer(String keyword, BiPredicate<OutgoingMail, Reply> announced) {}

    private record Step(ClientPhase phase, int order, ClientStep step) {}

    private record Preparer(int order, MailPreparer preparer) {}

    private final Map<String, List<Negotiation<?>>> negotiations;
    private final List<Offered<?>> mailParameters;
    private final List<Offered<?>> rcptParameters;
    private final List<Offered<?>> converted;
    private final List<ClientStep> steps;
    private final List<MailPreparer> preparers;
    private final List<Prelude> preludes;
    private final List<Writer> writers;
    private final List<Answer> answers;
    private final List<ClientObserver> observers;

    private ClientProfile(Sides sides) {
        negotiations = Map.copyOf(sides.negotiations);
        mailParameters = List.copyOf(sides.mailParameters);
        rcptParameters = List.copyOf(sides.rcptParameters);
        converted = Stream.concat(mailParameters.stream(), rcptParameters.stream())
                .filter(offered -> offered.policy() instanceof WhenMissing.Convert)
                .toList();
        steps = sides.steps.stream()
                .sorted(Comparator.comparing(Step::phase).thenComparingInt(Step::order))
                .map(Step::step)
                .toList();
        if (!sides.eightBit) {
            sides.preparer(Integer.MAX_VALUE, new SevenBitOnly());
        }
        preparers = sides.preparers.stream()
                .sorted(Comparator.comparingInt(Preparer::order))
                .map(Preparer::preparer)
                .toList();
        preludes = List.copyOf(sides.preludes);
        writers = sides.writers.stream()
                .sorted(Comparator.comparingInt(Writer::preference).reversed())
                .toList();
        answers = List.copyOf(sides.answers);
        observers = List.copyOf(sides.observers);
    }

    /**
     * Returns the profile of these extensions.
     *
     * @throws IllegalArgumentException when one is there twice, requires another that is missing, conflicts with
     *     another, or two claim the same parameter; the message names them
     */
    public static ClientProfile of(Collection<? extends Extension> extensions) {
        Set<String> ids = new HashSet<>();
        for (Extension extension : extensions) {
            if (!ids.add(extension.id())) {
                throw new IllegalArgumentException("extension " + extension.id() + " is there twice");
            }
        }
        Sides sides = new Sides();
        for (Extension extension : extensions) {
            for (String required : extension.requires()) {
                if (!ids.contains(required)) {
                    throw new IllegalArgumentException(
                            "extension " + extension.id() + " requires " + required + ", which is not there");
                }
            }
            for (String other : extension.conflicts()) {
                if (ids.contains(other)) {
                    throw new IllegalArgumentException(
                            "extensions " + extension.id() + " and " + other + " cannot be there together");
                }
            }
            extension.client(sides);
        }
        return new ClientProfile(sides);
    }

    List<Negotiation<?>> negotiations(String keyword) {
        return negotiations.getOrDefault(keyword, List.of());
    }

    List<Offered<?>> mailParameters() {
        return mailParameters;
    }

    List<Offered<?>> rcptParameters() {
        return rcptParameters;
    }

    List<ClientStep> steps() {
        return steps;
    }

    List<MailPreparer> preparers() {
        return preparers;
    }

    List<Prelude> preludes() {
        return preludes;
    }

    List<Writer> writers() {
        return writers;
    }

    List<Answer> answers() {
        return answers;
    }

    List<ClientObserver> observers() {
        return observers;
    }

    /** Tells whether preparing a mail for a peer may wait for something. */
    boolean preparesBlocking(OutgoingMail mail, PeerView peer) {
        for (MailPreparer preparer : preparers) { // for every mail: no streams
            if (preparer.mayBlock(mail, peer)) {
                return true;
            }
        }
        for (Offered<?> offered : converted) {
            if (offered.policy() instanceof WhenMissing.Convert convert
                    && !peer.offers(offered.keyword())
                    && convert.preparer().mayBlock(mail, peer)) {
                return true;
            }
        }
        return false;
    }

    /** Collects. */
    private static final class Sides implements ClientSide {

        private final Map<String, List<Negotiation<?>>> negotiations = new HashMap<>();
        private final List<Offered<?>> mailParameters = new ArrayList<>();
        private final List<Offered<?>> rcptParameters = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final List<Preparer> preparers = new ArrayList<>();
        private final List<Prelude> preludes = new ArrayList<>();
        private final List<Writer> writers = new ArrayList<>();
        private final List<Answer> answers = new ArrayList<>();
        private final List<ClientObserver> observers = new ArrayList<>();
        private boolean eightBit;

        @Override
        public <T> ClientSide negotiate(
                String keyword, Function<List<String>, Optional<T>> parse, AttributeKey<T> peer) {
            negotiations
                    .computeIfAbsent(keyword.toUpperCase(Locale.ROOT), key -> new ArrayList<>())
                    .add(new Negotiation<>(parse, peer));
            return this;
        }

        @Override
        public <T> ClientSide mailParameter(String keyword, Parameter<T> parameter, WhenMissing policy) {
            add(mailParameters, new Offered<>(keyword, parameter, policy), "MAIL");
            return this;
        }

        @Override
        public <T> ClientSide rcptParameter(String keyword, Parameter<T> parameter, WhenMissing policy) {
            add(rcptParameters, new Offered<>(keyword, parameter, policy), "RCPT");
            return this;
        }

        @Override
        public ClientSide step(ClientPhase phase, int order, ClientStep step) {
            steps.add(new Step(phase, order, step));
            return this;
        }

        @Override
        public ClientSide preparer(int order, MailPreparer preparer) {
            preparers.add(new Preparer(order, preparer));
            return this;
        }

        @Override
        public ClientSide prelude(String keyword, BiFunction<OutgoingMail, PeerView, List<ClientLine>> lines) {
            preludes.add(new Prelude(keyword, lines));
            return this;
        }

        @Override
        public ClientSide bodyWriter(String keyword, int preference, BodyWriter writer) {
            writers.add(new Writer(keyword, preference, writer));
            return this;
        }

        @Override
        public ClientSide contentAnswer(String keyword, BiPredicate<OutgoingMail, Reply> announced) {
            answers.add(new Answer(keyword, announced));
            return this;
        }

        @Override
        public ClientSide seesToEightBit() {
            eightBit = true;
            return this;
        }

        @Override
        public ClientSide observer(ClientObserver observer) {
            observers.add(observer);
            return this;
        }

        private static void add(List<Offered<?>> to, Offered<?> offered, String verb) {
            String name = offered.parameter().keyword();
            if (to.stream()
                    .map(Offered::parameter)
                    .anyMatch(other -> other.keyword().equals(name) && !other.sharedWith(offered.parameter()))) {
                throw new IllegalArgumentException("parameter " + name + " of " + verb + " is claimed twice");
            }
            to.add(offered);
        }
    }
}
