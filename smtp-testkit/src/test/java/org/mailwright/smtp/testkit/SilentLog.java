package org.mailwright.smtp.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Keeps the traces of failures that a test provokes out of its output. */
final class SilentLog implements BeforeAllCallback, AfterAllCallback {

    private static Logger sessions() {
        return (Logger) LoggerFactory.getLogger("org.mailwright.smtp.core.session");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        sessions().setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        sessions().setLevel(Level.WARN);
    }
}
