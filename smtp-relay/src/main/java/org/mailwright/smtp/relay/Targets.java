package org.mailwright.smtp.relay;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.mailwright.smtp.core.reply.Reply;

/** The addresses of a plan's hosts, looked up when they are asked for; those that did not answer of late come last. */
final class Targets {

    private final MxPlan plan;
    private final HostMemory memory;
    private final Deque<Target> soon = new ArrayDeque<>();
    private final Deque<Target> late = new ArrayDeque<>();
    private Optional<Reply> end = Optional.empty();

    Targets(MxPlan plan, HostMemory memory) {
        this.plan = plan;
        this.memory = memory;
    }

    Optional<Target> next() throws InterruptedException {
        while (soon.isEmpty() && end.isEmpty()) {
            switch (plan.next()) {
                case MxPlan.Host host -> add(host);
                case MxPlan.Nowhere nowhere -> end = Optional.of(nowhere.reply());
            }
        }
        return Optional.ofNullable(soon.isEmpty() ? late.poll() : soon.poll());
    }

    private void add(MxPlan.Host host) {
        host.addresses().forEach(address -> {
            Target target = new Target(host.name(), new InetSocketAddress(address, host.port()));
            (memory.isSuspect(target.address()) ? late : soon).add(target);
        });
    }

    /** Returns why there are no more, once there are none. */
    Reply end() {
        return end.orElseThrow();
    }
}
