package org.mailwright.smtp.distribution.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.distribution.config.LogFormat;

class LogLineTest {
    @Test
    void aLineForPeople() {
        assertEquals(
                "2026-01-02T03:04:05Z INFO Relay: hello \\x0d\\x0aWARN forged \\x1b[2J \\u202e\n",
                new LogLine(LogFormat.TEXT).doLayout(event("hello \r\nWARN forged \u001b[2J \u202e")));
    }

    @Test
    void anObjectForPrograms() {
        assertEquals(
                "{\"time\":\"2026-01-02T03:04:05Z\",\"level\":\"INFO\",\"logger\":\"org.x.Relay\",\"thread\":\"io-1\","
                        + "\"message\":\"say \\\"\\\\\\\" \\u000a\u00e9\"}\n",
                new LogLine(LogFormat.JSON).doLayout(event("say \"\\\" \n\u00e9")));
    }

    @Test
    void aFailureIsToldWithItsTrace() {
        LoggingEvent event = event("x");
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("why")));
        String text = new LogLine(LogFormat.TEXT).doLayout(event);
        assertTrue(text.contains("java.lang.IllegalStateException: why"), text);
        String json = new LogLine(LogFormat.JSON).doLayout(event);
        assertEquals(1, json.lines().count(), json);
        assertTrue(json.contains("\"failure\":\"java.lang.IllegalStateException: why"), json);
    }

    private static LoggingEvent event(String message) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setLoggerName("org.x.Relay");
        event.setLevel(Level.INFO);
        event.setThreadName("io-1");
        event.setInstant(Instant.parse("2026-01-02T03:04:05Z"));
        event.setMessage(message);
        return event;
    }
}
