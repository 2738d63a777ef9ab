package org.mailwright.smtp.queue.schedule;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.mailwright.smtp.queue.Pool;

/** What a {@link QueueRunner} works by. */
record Setup(Map<String, Pool> pools, QueueRunnerConfig config, Judge judge) {

    Setup {
        pools = Map.copyOf(pools);
    }

    static Setup of(Collection<Pool> pools, QueueRunnerConfig config, Judge judge) {
        Map<String, Pool> byName = new HashMap<>();
        for (Pool pool : pools) {
            if (byName.put(pool.name(), pool) != null) {
                throw new IllegalArgumentException("two pools are called " + pool.name());
            }
        }
        return new Setup(byName, config, judge);
    }
}
