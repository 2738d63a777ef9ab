package org.mailwright.smtp.benchmarks.load;

/**
 * What came of a run.
 *
 * @param plan what was asked for
 * @param tally what was counted
 * @param unsent mails that nobody began, because the sessions gave up
 * @param seconds duration of the run
 * @param cpuSeconds processor time of the generator in the run, 0 if unknown
 */
record LoadResult(LoadPlan plan, Tally tally, long unsent, double seconds, double cpuSeconds) {

    /** Whether every mail of the plan was accepted and nothing else went wrong. */
    boolean good() {
        return tally.accepted == plan.messages() && tally.errors.isEmpty();
    }

    double messagesPerSecond() {
        return tally.accepted / seconds;
    }
}
