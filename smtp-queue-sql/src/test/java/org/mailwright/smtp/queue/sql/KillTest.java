package org.mailwright.smtp.queue.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after a SIGKILL, whole; what was settled is not there again. */
class KillTest {

    @TempDir
    private Path folder;

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        new Kills(folder.toString()).nothingAcknowledgedIsLost();
    }
}
