package org.mailwright.smtp.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.server.gate.StandingGate;

/** Chooses the extensions of each listener out of those that are installed. */
final class Selection {

    private final List<Extension> always;
    private final List<Extension> installed;

    /**
     * A choice.
     *
     * @param always without which there is no SMTP
     * @param installed to choose from
     */
    Selection(List<Extension> always, List<Extension> installed) {
        this.always = List.copyOf(always);
        this.installed = List.copyOf(installed);
    }

    /**
     * Returns the extensions of a listener.
     *
     * @throws IllegalArgumentException when it names one that is not installed
     */
    List<Extension> of(SmtpListener listener) {
        Set<String> known = installed.stream()
                .filter(extension -> !(extension instanceof StandingGate))
                .map(Extension::id)
                .collect(Collectors.toSet());
        listener.extensions()
                .ifPresent(wanted -> wanted.stream()
                        .filter(id -> !known.contains(id))
                        .findFirst()
                        .ifPresent(id -> {
                            throw new IllegalArgumentException(
                                    "listener " + listener.profile().name() + ": extensions: " + id
                                            + " is not installed; expected some of " + new TreeSet<>(known));
                        }));
        List<Extension> chosen = new ArrayList<>(always);
        installed.stream().filter(extension -> isOn(extension, listener)).forEach(chosen::add);
        return chosen;
    }

    private static boolean isOn(Extension extension, SmtpListener listener) {
        if (extension instanceof StandingGate) {
            return true;
        }
        return listener.extensions()
                .map(wanted -> wanted.contains(extension.id()))
                .orElseGet(() ->
                        extension.defaultRoles().contains(listener.profile().role()));
    }
}
