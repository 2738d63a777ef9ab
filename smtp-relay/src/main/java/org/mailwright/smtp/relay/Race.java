package org.mailwright.smtp.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.mailwright.smtp.client.Opening;
import org.mailwright.smtp.core.mail.Outcome;

/**
 * Connects to hosts one after the other, without waiting long for one that does not answer: the next one is connected
 * to beside it (the way of RFC 8305), and the first to be ready takes the mail. A host that lets one mail wait is tried
 * last by the others, so that a dead one costs a single connection at a time.
 */
final class Race {

    /** How long a host may take, once it has answered, to greet, to answer EHLO and to begin TLS. */
    private static final Duration GREETING = Duration.ofSeconds(2);

    private final Targets targets;
    private final Function<Target, Opening> opener;
    private final HostMemory memory;
    private final Duration patience;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private int open;

    /** What happens to a host. */
    sealed interface Event {}

    private record Reached(Target target) implements Event {}

    /** A host that is ready for the mail, or why it is not. */
    record Contact(Target target, Optional<Outcome> failure) implements Event {}

    Race(Targets targets, Function<Target, Opening> opener, HostMemory memory, Duration patience) {
        this.targets = targets;
        this.opener = opener;
        this.memory = memory;
        this.patience = patience;
    }

    /** Returns the next host that is ready, or has failed; empty when all have been returned. */
    Optional<Contact> next() throws InterruptedException {
        while (true) {
            Optional<Target> target = targets.next();
            if (target.isEmpty()) {
                return open == 0 ? Optional.empty() : await(Optional.empty());
            }
            Opening opening = begin(target.get());
            Optional<Contact> first = await(target);
            if (first.isPresent()) {
                return first;
            }
            memory.suspect(target.get().address());
            // It may be ready by now, and whoever noted that may have been first.
            var unused = opening.ready().thenAccept(failure -> {
                if (failure.isEmpty()) {
                    memory.alive(target.get().address());
                }
            });
        }
    }

    private Opening begin(Target target) {
        open++;
        Opening opening = opener.apply(target);
        var ended = opening.ready().thenAccept(failure -> events.add(new Contact(target, failure)));
        if (!ended.isDone()) {
            var unused = opening.reached().thenAccept(reached -> events.add(new Reached(target)));
        }
        return opening;
    }

    /** Waits for one host to be ready or to fail: for long, unless there is one that has just been begun. */
    private Optional<Contact> await(Optional<Target> begun) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Event event = begun.isEmpty() ? events.take() : events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            switch (event) {
                case null -> {
                    return Optional.empty();
                }
                case Contact contact -> {
                    open--;
                    return Optional.of(contact);
                }
                case Reached reached -> {
                    if (begun.filter(reached.target()::equals).isPresent()) {
                        end = System.nanoTime() + GREETING.toNanos();
                    }
                }
            }
        }
    }
}
