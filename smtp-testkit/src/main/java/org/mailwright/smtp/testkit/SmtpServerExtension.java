package org.mailwright.smtp.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test a running server on a free port, and the mails that it took.
 *
 * <pre>{@code
 * @RegisterExtension
 * final SmtpServerExtension server = SmtpServerExtension.of(TestService.mx());
 * }</pre>
 *
 * <p>In a field of the instance the server lives as long as one test; in a static field, as long as the class.
 *
 * @since 0.1.0
 */
public final class SmtpServerExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private final TestService service;
    private final Supplier<RecordingSink> sinks;
    private Optional<Running> running = Optional.empty();
    private boolean ofClass;

    private record Running(TestServer server, RecordingSink sink) {}

    private SmtpServerExtension(TestService service, Supplier<RecordingSink> sinks) {
        this.service = service;
        this.sinks = sinks;
    }

    /** Returns a server that takes every mail. */
    public static SmtpServerExtension of(TestService service) {
        return of(service, RecordingSink::blocking);
    }

    /** Returns a server with sinks of one's own, one per start. */
    public static SmtpServerExtension of(TestService service, Supplier<RecordingSink> sinks) {
        return new SmtpServerExtension(service, sinks);
    }

    /**
     * Returns where the server listens.
     *
     * @throws IllegalStateException outside a test
     */
    public InetSocketAddress address() {
        return running().server().address();
    }

    /** Returns the port at which the server listens; see {@link #address}. */
    public int port() {
        return address().getPort();
    }

    /** Returns the sink with the mails; see {@link #address}. */
    public RecordingSink sink() {
        return running().sink();
    }

    private Running running() {
        return running.orElseThrow(() -> new IllegalStateException("the server runs only within a test"));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        ofClass = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!ofClass) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!ofClass) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    private void start() throws IOException {
        RecordingSink sink = sinks.get();
        running = Optional.of(new Running(TestServer.start(service, sink), sink));
    }

    private void stop() {
        running.ifPresent(was -> was.server().close());
        running = Optional.empty();
    }
}
