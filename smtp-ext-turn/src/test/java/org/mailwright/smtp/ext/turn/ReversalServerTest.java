package org.mailwright.smtp.ext.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;
import org.mailwright.smtp.testkit.Way;

/** ATRN and TURN as a server answers them, and what it says when it is the client. */
class ReversalServerTest {

    private final Branch branch = new Branch();

    private TestService service() {
        return TestService.mx(new AtrnExtension(branch), new TurnExtension(branch), new Login());
    }

    private void assertResult(TranscriptRun run, String result) {
        assertEquals(run.way() == Way.OCTETS ? List.of(result, result) : List.of(result), branch.results);
    }

    @TranscriptTest("atrn.smtp")
    void givesTheMailToWhoMayHaveIt(TranscriptRun run) throws IOException {
        run.play(service());
        assertResult(run, "250 2.0.0 Taken");
    }

    @TranscriptTest("atrn-lost.smtp")
    void losesNothingWithTheConnection(TranscriptRun run) throws IOException {
        run.play(service());
        assertEquals(List.of(), branch.results);
    }

    @TranscriptTest({"atrn-refused.smtp", "turn-refused.smtp"})
    void refuses(TranscriptRun run) throws IOException {
        run.play(service());
        assertEquals(List.of(), branch.results);
    }

    @TranscriptTest("turn.smtp")
    void turns(TranscriptRun run) throws IOException {
        run.play(service());
        assertResult(run, "550 5.1.1 No such user");
    }

    @TranscriptTest("without.smtp")
    void knowsNothingOfWhatIsNotThere(TranscriptRun run) throws IOException {
        run.play(TestService.mx());
        assertEquals(List.of(), branch.results);
    }
}
