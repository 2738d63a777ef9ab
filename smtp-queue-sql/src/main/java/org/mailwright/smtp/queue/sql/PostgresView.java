package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.mailwright.smtp.queue.LaneName;

/** What the operator's view looks at: over a connection of its own, for it may take its time. */
final class PostgresView implements SqlQueueView.Tables {

    private static final int TRIES = 5;

    private final PostgresQueueConfig config;
    private final PostgresReach reach;

    PostgresView(PostgresQueueConfig config, PostgresReach reach) {
        this.config = config;
        this.reach = reach;
    }

    @Override
    public <T> T read(Reader.Question<T> question) throws IOException {
        return change(question::ask);
    }

    @Override
    public <T> T change(Writer.Change<T> change) throws IOException {
        PostgresLink link = new PostgresLink(config, reach, PostgresLink.Use.OPERATE);
        try {
            return link.ask(sql -> commit(sql, change));
        } finally {
            link.close();
        }
    }

    /** What is under way is settled in another order than it is looked through here: they may wait for each other. */
    private static <T> T commit(Sql sql, Writer.Change<T> change) throws SQLException {
        for (int trial = 1; true; trial++) {
            try {
                T result = change.run(sql);
                sql.commit();
                return result;
            } catch (SQLException e) {
                if (trial == TRIES || !PostgresReach.isConflict(e)) {
                    throw e;
                }
                sql.rollback();
            }
        }
    }

    @Override
    public void due(Sql sql, Map<LaneName, Long> lanes) throws SQLException {
        PostgresTables.due(sql, lanes);
    }

    @Override
    public Set<String> close(Sql sql, Map<String, Integer> gone) throws SQLException {
        return PostgresTables.close(sql, gone);
    }

    @Override
    public void removed(Set<String> files) {
        // the chunks are left over, and swept
    }
}
