package org.mailwright.smtp.queue.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.queue.LaneLease;

/**
 * Something to be done to lanes. Many are done in one transaction, in an order in which nobody who holds one lane waits
 * for another that comes before it: renewals, what is given back by name, and claims, which wait for nothing.
 */
sealed interface PostgresLaneJob {

    void run(Sql sql) throws SQLException;

    /** Sorts the jobs of a transaction. */
    String order();

    static void runAll(Sql sql, List<PostgresLaneJob> jobs) throws SQLException {
        for (PostgresLaneJob job : jobs.stream()
                .sorted(Comparator.comparing(PostgresLaneJob::order))
                .toList()) {
            job.run(sql);
        }
    }

    /** Leases lanes. */
    final class Claim implements PostgresLaneJob {
        private final PostgresLanes lanes;
        private final Holds holds;
        private final int most;
        private Holds.Moment before;
        private List<LaneLease> claimed = List.of();

        Claim(PostgresLanes lanes, Holds holds, int most) {
            this.lanes = lanes;
            this.holds = holds;
            this.most = most;
            this.before = holds.moment();
        }

        @Override
        public void run(Sql sql) throws SQLException {
            before = holds.moment();
            claimed = lanes.claim(sql, most);
        }

        @Override
        public String order() {
            return "2";
        }

        /** After the commit. */
        List<LaneLease> hold() {
            holds.hold(claimed, before);
            return claimed;
        }
    }

    /** Extends what is held. */
    final class Renew implements PostgresLaneJob {
        private final PostgresLanes lanes;
        private final Holds holds;
        private Holds.Moment before;
        private List<LaneLease> wanted = List.of();
        private List<LaneLease> renewed = List.of();

        Renew(PostgresLanes lanes, Holds holds) {
            this.lanes = lanes;
            this.holds = holds;
            this.before = holds.moment();
        }

        @Override
        public void run(Sql sql) throws SQLException {
            before = holds.moment();
            wanted = List.copyOf(holds.all());
            renewed = lanes.renew(sql, wanted);
        }

        @Override
        public String order() {
            return "0";
        }

        /** After the commit. */
        void hold() {
            holds.renewed(wanted, renewed, before);
        }
    }

    /** Gives a lane back. */
    record Release(PostgresLanes lanes, LaneLease lease, Optional<Instant> notBefore) implements PostgresLaneJob {

        @Override
        public void run(Sql sql) throws SQLException {
            lanes.release(sql, lease, notBefore);
        }

        @Override
        public String order() {
            return "1" + lease.lane();
        }
    }
}
