package org.mailwright.smtp.distribution.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.List;
import org.mailwright.smtp.distribution.config.LogFormat;
import org.slf4j.event.KeyValuePair;

/** One line of the log; the stack trace of a failure follows it, or is a member of the JSON object. */
final class LogLine extends LayoutBase<ILoggingEvent> {
    private final LogFormat format;

    LogLine(LogFormat format) {
        this.format = format;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return switch (format) {
            case TEXT -> text(event);
            case JSON -> json(event);
        };
    }

    private static String text(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        line.append(event.getInstant()).append(' ').append(event.getLevel()).append(' ');
        line.append(shortName(event.getLoggerName())).append(": ");
        appendVisible(line, event.getFormattedMessage());
        line.append('\n');
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            line.append(ThrowableProxyUtil.asString(failure)).append('\n');
        }
        return line.toString();
    }

    private static String json(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(240);
        line.append("{\"time\":\"").append(event.getInstant());
        line.append("\",\"level\":\"").append(event.getLevel());
        line.append("\",\"logger\":\"");
        appendJson(line, event.getLoggerName());
        line.append("\",\"thread\":\"");
        appendJson(line, event.getThreadName());
        line.append("\",\"message\":\"");
        appendJson(line, event.getFormattedMessage());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                line.append("\",\"");
                appendJson(line, pair.key);
                line.append("\":\"");
                appendJson(line, String.valueOf(pair.value));
            }
        }
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            line.append("\",\"failure\":\"");
            appendJson(line, ThrowableProxyUtil.asString(failure));
        }
        return line.append("\"}\n").toString();
    }

    private static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static void appendVisible(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isVisible(c)) {
                line.append(c);
            } else {
                line.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c));
            }
        }
    }

    private static void appendJson(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (isVisible(c)) {
                line.append(c);
            } else {
                line.append(String.format("\\u%04x", (int) c));
            }
        }
    }

    /** Not a control character, nor one that ends a line or turns the direction of the text. */
    private static boolean isVisible(char c) {
        return (c >= ' ' && c <= '~')
                || (!Character.isISOControl(c)
                        && c != '\u2028'
                        && c != '\u2029'
                        && Character.getType(c) != Character.FORMAT);
    }
}
