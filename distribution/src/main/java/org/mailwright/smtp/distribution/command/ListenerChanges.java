package org.mailwright.smtp.distribution.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.mailwright.smtp.distribution.assembly.ServerAssembly;
import org.mailwright.smtp.distribution.config.ServerConfig;

/**
 * Which listeners another configuration has opened, closed and kept. A listener is its address: under another name it
 * goes on without a gap.
 */
record ListenerChanges(List<String> opened, List<String> closed, List<String> kept) {

    /** The listeners before and after; their names, by their addresses. */
    static ListenerChanges of(Map<String, String> before, Map<String, String> after) {
        List<String> opened = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        after.forEach((address, name) -> (before.containsKey(address) ? kept : opened).add(name + " " + address));
        List<String> closed = new ArrayList<>();
        before.forEach((address, name) -> {
            if (!after.containsKey(address)) {
                closed.add(name + " " + address);
            }
        });
        return new ListenerChanges(List.copyOf(opened), List.copyOf(closed), List.copyOf(kept));
    }

    /** Where a server listens that runs with a configuration. */
    static Map<String, String> listening(ServerAssembly assembly, ServerConfig config) {
        Map<String, String> names = new LinkedHashMap<>();
        config.listeners()
                .forEach(listener ->
                        names.put(ServeCommand.written(assembly.server().address(listener.name())), listener.name()));
        assembly.inlets().addresses().forEach((name, address) -> names.put(ServeCommand.written(address), name));
        return names;
    }

    /** The same for an operator, in one line. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner("; ", "listeners ", "");
        part(text, "opened", opened);
        part(text, "closed", closed);
        part(text, "kept", kept);
        return text.toString();
    }

    private static void part(StringJoiner text, String what, List<String> listeners) {
        if (!listeners.isEmpty()) {
            text.add(what + ": " + String.join(", ", listeners));
        }
    }
}
