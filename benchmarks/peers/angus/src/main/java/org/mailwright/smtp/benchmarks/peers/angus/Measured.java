package org.mailwright.smtp.benchmarks.peers.angus;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The line that every sender ends with: mails, seconds and CPU-seconds of the measured part. */
final class Measured {

    /** Work that may fail. */
    interface Work {
        void run() throws Exception;
    }

    private Measured() {}

    static void print(int mails, Work work) throws Exception {
        long cpu = cpuNanos();
        long began = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpuSeconds = (cpuNanos() - cpu) / 1e9;
        System.out.printf(Locale.ROOT, "sent %d %.6f %.6f%n", mails, seconds, cpuSeconds);
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
