package org.mailwright.smtp.benchmarks.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One run of a plan: starts the threads, waits for them and adds up what they counted. */
final class LoadRun {

    private final LoadPlan plan;

    LoadRun(LoadPlan plan) {
        this.plan = plan;
    }

    /**
     * Sends everything.
     *
     * @throws IOException if a selector or socket cannot be had at all; failures of single connections are counted
     *     instead
     * @throws GeneralSecurityException if this JDK has no TLS
     */
    LoadResult run() throws IOException, GeneralSecurityException, InterruptedException {
        Script script = new Script(plan);
        TlsEngines engines = new TlsEngines();
        Tickets tickets = new Tickets(plan.messages());
        int threads = Math.min(plan.threads(), plan.sessions());
        Tally total = new Tally();
        long cpu = cpuNanos();
        long began = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Tally>> loops = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int share = plan.sessions() / threads + (i < plan.sessions() % threads ? 1 : 0);
                loops.add(pool.submit(new LoadLoop(plan, script, tickets, engines, share)));
            }
            for (Future<Tally> loop : loops) {
                total.add(finished(loop));
            }
        }
        long took = System.nanoTime() - began;
        return new LoadResult(plan, total, tickets.left(), took / 1e9, (cpuNanos() - cpu) / 1e9);
    }

    private static Tally finished(Future<Tally> loop) throws IOException, InterruptedException {
        try {
            return loop.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
