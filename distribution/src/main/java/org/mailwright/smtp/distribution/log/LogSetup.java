package org.mailwright.smtp.distribution.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import org.mailwright.smtp.distribution.config.LogConfig;
import org.mailwright.smtp.distribution.config.LogFormat;
import org.mailwright.smtp.distribution.config.LogLevel;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log without a file of its own: reading one would take longer than all else that a start does.
 *
 * <p>Whoever wants another log names a Logback file in the system property {@code logback.configurationFile}; then this
 * does nothing.
 *
 * @since 0.1.0
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static final String FILE = "logback.configurationFile";
    private static final LogConfig BEFORE_CONFIGURATION = new LogConfig(LogLevel.WARN, LogFormat.TEXT);

    /** Found by Logback itself. */
    public LogSetup() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(FILE) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        setUp(context, BEFORE_CONFIGURATION);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Logs from now on as a configuration says. */
    public static void apply(LogConfig config) {
        if (System.getProperty(FILE) == null && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            setUp(context, config);
        }
    }

    private static void setUp(LoggerContext context, LogConfig config) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        LogLine layout = new LogLine(config.format());
        layout.setContext(context);
        layout.start();
        BatchedConsole appender = new BatchedConsole(layout, new FileOutputStream(FileDescriptor.err));
        appender.setContext(context);
        appender.start();
        finishAtEnd(appender);
        root.addAppender(appender);
        root.setLevel(level(config.level()));
    }

    private static void finishAtEnd(BatchedConsole appender) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(appender::finish, "log-end"));
        } catch (IllegalStateException e) {
            appender.addWarn("the process ends already", e);
        }
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
