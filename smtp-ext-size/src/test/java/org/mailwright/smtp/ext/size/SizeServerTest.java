package org.mailwright.smtp.ext.size;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.OptionalBinder;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Origin;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.Transcript;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;
import org.mailwright.smtp.testkit.Way;

class SizeServerTest {

    private static final TestService LIMITED = TestService.mx(new SizeExtension(new SizeConfig(100)));

    @TranscriptTest("declared.smtp")
    void judgesWhatIsDeclared(TranscriptRun run) throws IOException {
        run.play(LIMITED);
    }

    @TranscriptTest("real.smtp")
    void countsWhatReallyComes(TranscriptRun run) throws IOException {
        for (List<RecordedMail> mails : List.of(run.play(LIMITED), run.play(LIMITED, RecordingSink::nonBlocking))) {
            assertEquals(
                    List.of(".345678\r\n".repeat(10) + "12345678\r\n"),
                    mails.stream().map(RecordedMail::text).toList());
        }
    }

    @TranscriptTest("unlimited.smtp")
    void takesEverythingWithoutLimit(TranscriptRun run) throws IOException {
        run.play(TestService.mx(new SizeExtension(new SizeConfig(0))));
    }

    @Test
    void answersEachRecipientInLmtp() throws IOException {
        String dialogue = """
            S: 220 *
            C: LHLO client.example
            S*: 250 SIZE 100
            C: MAIL FROM:<>
            C: RCPT TO:<a@example.test>
            C: RCPT TO:<b@example.test>
            C: DATA
            S: 250 *
            S: 250 *
            S: 250 *
            S: 354 *
            R*101: x
            R: \\r\\n.\\r\\n
            S: 552 5.3.4 *
            S: 552 5.3.4 *
            """;
        TranscriptRun run = new TranscriptRun(Transcript.parse("lmtp", dialogue), Way.OCTETS);
        run.play(TestService.of(Role.LMTP, new SizeExtension(new SizeConfig(100))));
    }

    /**
     * A stage that only counts takes a mail of 3 GiB in a moment: one piece of memory goes through it again and again.
     */
    @Test
    void countsPastTwoGibibytes() throws SmtpException, IOException {
        ContentStage stage = stage(new SizeExtension(new SizeConfig(3L << 30)));
        ByteBuffer piece = ByteBuffer.allocate(64 << 20);
        for (int i = 0; i < 48; i++) {
            stage.write(piece.duplicate(), content -> {});
        }
        SmtpException refused =
                assertThrows(SmtpException.class, () -> stage.write(ByteBuffer.allocate(1), content -> {}));
        assertEquals("552 5.3.4 Message too large", refused.reply().toString());
    }

    /** Returns the content stage that an extension declares. */
    private static ContentStage stage(Extension extension) {
        List<ContentStage.Factory> declared = new ArrayList<>();
        ServerSide side = (ServerSide) Proxy.newProxyInstance(
                ServerSide.class.getClassLoader(), new Class<?>[] {ServerSide.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("content")) {
                        declared.add((ContentStage.Factory) arguments[1]);
                    }
                    return proxy;
                });
        extension.server(side);
        Envelope envelope = new Envelope(
                "T1",
                ReversePath.parse("<>"),
                List.of(),
                Attributes.EMPTY,
                new Origin(
                        "T1",
                        "test",
                        Role.MX,
                        "mx.example.test",
                        new InetSocketAddress(25),
                        new Hello("client.example", true),
                        Optional.empty(),
                        Optional.empty()));
        SessionView nobody = (SessionView) Proxy.newProxyInstance(
                SessionView.class.getClassLoader(), new Class<?>[] {SessionView.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("counting needs no session");
                });
        return declared.getFirst().open(envelope, nobody);
    }

    @Test
    void isFoundAndConfigured() throws IOException {
        Extension found = ServiceLoader.load(Extension.class).findFirst().orElseThrow();
        assertEquals("SIZE", found.id());
        assertOffered("SIZE 52428800", found.configured(Settings.of("extension.SIZE", Map.of())));
        assertOffered("SIZE 3221225472", found.configured(Settings.of("extension.SIZE", Map.of("limit", "3GiB"))));
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class,
                () -> found.configured(Settings.of("extension.SIZE", Map.of("limits", 1L))));
        assertEquals("extension.SIZE.limits: unknown key; expected limit", wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new SizeConfig(-1));
    }

    @Test
    void isInstalledByItsModule() throws IOException {
        Key<Set<Extension>> extensions = Key.get(new TypeLiteral<Set<Extension>>() {});
        assertOffered(
                "SIZE 52428800",
                Guice.createInjector(new SizeModule())
                        .getInstance(extensions)
                        .iterator()
                        .next());
        assertOffered(
                "SIZE 7",
                Guice.createInjector(new SizeModule(), new Seven())
                        .getInstance(extensions)
                        .iterator()
                        .next());
    }

    private static void assertOffered(String keyword, Extension extension) throws IOException {
        Transcript transcript = Transcript.parse("offer", "S: 220 *\nC: EHLO x\nS*: 250 " + keyword);
        assertEquals(List.of(), new TranscriptRun(transcript, Way.MEMORY).play(TestService.mx(extension)));
    }

    private static final class Seven extends AbstractModule {
        @Override
        protected void configure() {
            OptionalBinder.newOptionalBinder(binder(), SizeConfig.class)
                    .setBinding()
                    .toInstance(new SizeConfig(7));
        }
    }
}
