package org.mailwright.smtp.gateway.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.gateway.Requests;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;

@Timeout(60)
class PipeDelivererTest {
    private static final String MAIL = "Subject: a\r\n\r\none\r\n.two\rthree\r\n";

    @TempDir
    private Path folder;

    /** A configuration that runs a script of these lines. */
    private PipeConfig script(String lines, String... arguments) throws IOException {
        Path file = folder.resolve("program.sh");
        Files.writeString(file, lines);
        String[] command = new String[arguments.length + 2];
        command[0] = "/bin/sh";
        command[1] = file.toString();
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return PipeConfig.of(command).withDirectory(folder);
    }

    private static List<DeliveryResult> deliver(PipeConfig config, String... paths) throws InterruptedException {
        return deliver(config, Requests.request(MAIL, paths));
    }

    private static List<DeliveryResult> deliver(PipeConfig config, DeliveryRequest request)
            throws InterruptedException {
        try (PipeDeliverer deliverer = new PipeDeliverer(config)) {
            return deliverer.deliver(request);
        }
    }

    private String written(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void givesTheMailAndItsEnvelope() throws Exception {
        PipeConfig config = script(
                "printf '%s\\n' \"$@\" > arguments; cat > mail",
                "--from={sender}", "{recipient}", "{user}", "{detail}@{domain}", "{id}:{size}", "plain");
        assertEquals(List.of("250 2.0.0"), Requests.codes(deliver(config, "<bob+x@example.test>")));
        assertEquals(
                "--from=sender@elsewhere.test\nbob+x@example.test\nbob\nx@example.test\nm1:32\nplain\n",
                written("arguments"));
        assertEquals("""
            Return-Path: <sender@elsewhere.test>
            Delivered-To: bob+x@example.test
            Subject: a

            one
            .two\rthree
            """, written("mail"));
    }

    @Test
    void keepsTheLineEndsOfTheWireAndAddsNoFieldWhenToldSo() throws Exception {
        PipeConfig config =
                script("cat > mail").withLineEnds(PipeConfig.LineEnds.CRLF).withFields(false, false);
        assertEquals(List.of("250 2.0.0"), Requests.codes(deliver(config, "<bob@example.test>")));
        assertEquals(MAIL, written("mail"));
    }

    @Test
    void passesWhatAnAddressHoldsAsOneArgument() throws Exception {
        PipeConfig config = script("printf '%s\\n' $# \"$@\" > arguments", "{user}", "{sender}");
        DeliveryRequest request = Requests.request(
                "m1", "<>", Body.of(new byte[] {'a'}), () -> true, "<\"a $(touch x) `id`; b\"@example.test>");
        assertEquals(List.of("250 2.0.0"), Requests.codes(deliver(config, request)));
        assertEquals("2\na $(touch x) `id`; b\nMAILER-DAEMON\n", written("arguments"));
        assertFalse(Files.exists(folder.resolve("x")));
    }

    @Test
    void letsNoAddressBecomeAnOption() throws Exception {
        PipeConfig recipient = script("touch started", "-f", "{recipient}");
        assertEquals(List.of("550 5.1.3"), Requests.codes(deliver(recipient, "<-oQ/tmp@example.test>")));
        PipeConfig part = script("touch started", "{user}@{domain}");
        assertEquals(List.of("550 5.1.3"), Requests.codes(deliver(part, "<-x@example.test>")));
        PipeConfig sender = script("touch started", "-f", "{sender}");
        DeliveryRequest request = Requests.request(
                "m1", "<-be@elsewhere.test>", Body.of(new byte[] {'a'}), () -> true, "<bob@example.test>");
        assertEquals(List.of("550 5.1.7"), Requests.codes(deliver(sender, request)));
        assertFalse(Files.exists(folder.resolve("started")));

        PipeConfig within = script("touch started", "-f{recipient}");
        assertEquals(List.of("250 2.0.0"), Requests.codes(deliver(within, "<-x@example.test>")));
    }

    @Test
    void passesAnAddressAsItIsOrNotAtAll() throws Exception {
        PipeConfig config = script("printf '%s' \"$1\" > arguments", "{recipient}");
        boolean fits = Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode('é');
        assertEquals(List.of(fits ? "250 2.0.0" : "550 5.6.7"), Requests.codes(deliver(config, "<é@example.test>")));
        assertEquals(fits, Files.exists(folder.resolve("arguments")));
    }

    @ParameterizedTest
    @CsvSource({
        "0,250 2.0.0", "1,554 5.3.0", "64,451 4.3.5", "65,554 5.6.0", "66,451 4.3.0", "67,550 5.1.1",
        "68,550 5.1.2", "69,554 5.3.0", "70,451 4.3.0", "71,451 4.3.0", "72,451 4.3.5", "73,451 4.2.0",
        "74,451 4.3.0", "75,451 4.3.0", "76,451 4.5.0", "77,550 5.7.1", "78,451 4.3.5", "127,451 4.3.5"
    })
    void understandsExitStatuses(int status, String code) throws Exception {
        PipeConfig config = script("cat > /dev/null; exit " + status);
        assertEquals(List.of(code), Requests.codes(deliver(config, "<bob@example.test>")));
    }

    @Test
    void takesASignalForATransientFailure() throws Exception {
        PipeConfig config = script("kill -9 $$");
        List<DeliveryResult> results = deliver(config, "<bob@example.test>");
        assertEquals(List.of("451 4.3.0"), Requests.codes(results));
        assertEquals(
                "The program was killed by signal 9",
                results.get(0).outcome().reply().text());
    }

    @Test
    void saysWhatTheProgramSaid() throws Exception {
        PipeConfig config = script("printf '\\n  5.7.99 no \\033[1mway\\nmore\\n' >&2; exit 69");
        List<DeliveryResult> results = deliver(config, "<bob@example.test>");
        assertEquals(
                "554 5.7.99 The program does not serve this: no ?[1mway",
                results.get(0).outcome().reply().toString());

        PipeConfig other = script("echo '5.7.1 in vain'; exit 0");
        assertEquals(
                "250 2.0.0 The program took the mail: 5.7.1 in vain",
                deliver(other, "<bob@example.test>").get(0).outcome().reply().toString());
    }

    @Test
    void readsMoreThanItKeeps() throws Exception {
        PipeConfig config = script("head -c 3000000 /dev/zero | tr '\\0' x; cat > /dev/null")
                .withBounds(Duration.ofSeconds(30), 10);
        assertEquals(
                "250 2.0.0 The program took the mail: xxxxxxxxxx",
                deliver(config, "<bob@example.test>").get(0).outcome().reply().toString());
    }

    @Test
    void countsTheStatusOfAProgramThatReadsNothing() throws Exception {
        byte[] large = new byte[1 << 20];
        DeliveryRequest request = Requests.request("m1", Body.of(large), "<bob@example.test>");
        assertEquals(List.of("250 2.0.0"), Requests.codes(deliver(script("exit 0"), request)));
    }

    @Test
    void endsWhatTakesTooLongWithItsChildren() throws Exception {
        PipeConfig config = script("sleep 600 & echo $! > child; cat > /dev/null; touch read; wait")
                .withBounds(Duration.ofSeconds(2), 100);
        List<DeliveryResult> results = deliver(config, "<bob@example.test>");
        assertInstanceOf(Outcome.Unknown.class, results.get(0).outcome());
        assertTrue(Files.exists(folder.resolve("read")));
        long child = Long.parseLong(written("child").strip());
        ended(child);
    }

    /** Waits for the end of a process that is nobody's child any more. */
    private static void ended(long pid) throws Exception {
        var handle = ProcessHandle.of(pid);
        if (handle.isPresent()) {
            handle.get().onExit().get(10, TimeUnit.SECONDS);
        }
        assertFalse(handle.map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void doesNotWaitForWhatAProgramLeavesBehind() throws Exception {
        PipeConfig config = script("cat > /dev/null; sleep 600 & echo $! > child; echo done");
        List<DeliveryResult> results = deliver(config, "<bob@example.test>");
        ProcessHandle.of(Long.parseLong(written("child").strip())).ifPresent(ProcessHandle::destroyForcibly);
        assertEquals(
                "250 2.0.0 The program took the mail: done",
                results.get(0).outcome().reply().toString());
    }

    @Test
    void clearsTheEnvironment() throws Exception {
        PipeConfig config =
                script("/usr/bin/env > environment").withEnvironment(Set.of("PATH"), Map.of("MAIL_KIND", "queued"));
        assertEquals(List.of("250 2.0.0"), Requests.codes(deliver(config, "<bob@example.test>")));
        List<String> names = written("environment")
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .filter(name -> !Set.of("PWD", "_", "OLDPWD", "SHLVL").contains(name)) // the shell's own
                .sorted()
                .toList();
        assertEquals(List.of("MAIL_KIND", "PATH"), names);
        assertTrue(written("environment").contains("MAIL_KIND=queued\n"));
    }

    @Test
    void saysThatAProgramIsNotThereBeforeTheMailBegan() throws Exception {
        List<DeliveryResult> results = deliver(PipeConfig.of("/no/such/program"), "<bob@example.test>");
        assertEquals(List.of("451 4.3.5"), Requests.codes(results));
        assertEquals(Moment.CONNECT, results.get(0).outcome().moment());
    }

    @Test
    void startsNothingForAMailThatIsNotOurs() throws Exception {
        DeliveryRequest request =
                Requests.request("m1", "<>", Body.of(new byte[] {'a'}), () -> false, "<bob@example.test>");
        assertEquals(List.of("451 4.3.2"), Requests.codes(deliver(script("touch started"), request)));
        assertFalse(Files.exists(folder.resolve("started")));
    }

    /** A stream whose medium is gone. */
    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the medium is gone");
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            throw new IOException("the medium is gone");
        }
    }

    @Test
    void neverEndsAMailThatCannotBeRead() throws Exception {
        Body broken = Body.of(
                OptionalLong.empty(),
                () -> new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), new BrokenStream()));
        PipeConfig config = script("cat > mail && touch whole").withFields(true, false);
        DeliveryRequest request = Requests.request("m1", broken, "<bob@example.test>");
        assertEquals(List.of("451 4.3.0"), Requests.codes(deliver(config, request)));
        assertFalse(Files.exists(folder.resolve("whole")));
    }

    @Test
    void runsOncePerRecipientAndRefusesLoops() throws Exception {
        PipeConfig config = script("cat > \"$1\"; test \"$1\" != bob || exit 67", "{user}");
        DeliveryRequest request = Requests.request(
                "Delivered-To: <Loop@example.test>\r\n\r\nDelivered-To: alice@example.test\r\n",
                "<alice@example.test>",
                "<bob@example.test>",
                "<loop@example.test>",
                "<Postmaster>");
        assertEquals(
                List.of("250 2.0.0", "550 5.1.1", "554 5.4.6", "250 2.0.0"), Requests.codes(deliver(config, request)));
        assertTrue(written("postmaster").startsWith("Return-Path: <sender@elsewhere.test>\nDelivered-To: postmaster@"));
    }

    @Test
    void endsTheProgramWhenTheServerStops() throws Exception {
        PipeConfig config = script("echo $$ > pid.new; mv pid.new pid; exec sleep 600");
        CountDownLatch stopped = new CountDownLatch(1);
        Thread delivery = Thread.ofVirtual().start(() -> {
            try {
                deliver(config, "<bob@example.test>");
            } catch (InterruptedException expected) {
                stopped.countDown();
            }
        });
        Path pid = folder.resolve("pid");
        while (!Files.exists(pid)) {
            Thread.onSpinWait();
        }
        delivery.interrupt();
        assertTrue(stopped.await(10, TimeUnit.SECONDS));
        ended(Long.parseLong(Files.readString(pid, StandardCharsets.US_ASCII).strip()));
    }

    @Test
    void refusesCommandsThatMakeNoSense() {
        for (String[] command : new String[][] {
            {}, {"sh"}, {"/bin/{user}"}, {"/bin/sh", "{no}"}, {"/bin/sh", "{user"}, {"/bin/sh", "a\0b"}
        }) {
            assertThrows(IllegalArgumentException.class, () -> PipeConfig.of(command));
        }
    }
}
