package org.mailwright.smtp.distribution.control;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mailwright.smtp.distribution.text.Lines;

/**
 * Asks a server on this machine.
 *
 * @since 0.1.0
 */
public final class ControlClient implements AutoCloseable {
    /** A row of an answer: each string of it is bounded, and there are few of them. */
    private static final int LONGEST = 1 << 20;

    /** As long as it may take the server to change a million deliveries. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String OTHERWISE = "the server does not speak as this program does";

    private final Alarms alarms;
    private final Wire wire;

    private ControlClient(Alarms alarms, Wire wire) {
        this.alarms = alarms;
        this.wire = wire;
    }

    /** Takes the rows of an answer, one after the other. */
    @FunctionalInterface
    public interface Rows {
        /** Takes one. An exception ends the answer. */
        void take(Row row) throws IOException;
    }

    /**
     * Connects.
     *
     * @param file the socket, see {@link ControlServer#socket}
     * @throws NoServerException when nobody listens there
     * @throws AccessDeniedException when the socket is another user's
     */
    public static ControlClient connect(Path file) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(ControlSocket.address(file));
        } catch (IOException e) {
            channel.close();
            throw told(file, e);
        }
        Alarms alarms = new Alarms();
        return new ControlClient(alarms, new Wire(channel, alarms, LONGEST, PATIENCE, PATIENCE));
    }

    private static IOException told(Path file, IOException e) {
        if (e instanceof ConnectException || (e instanceof SocketException && Files.notExists(file))) {
            return new NoServerException("nobody listens at " + file, e);
        }
        try {
            Files.readAttributes(file, "*");
        } catch (NoSuchFileException gone) {
            return new NoServerException("nobody listens at " + file, e);
        } catch (AccessDeniedException denied) {
            return denied;
        } catch (IOException unreadable) {
            return e;
        }
        if (!Files.isWritable(file)) {
            AccessDeniedException denied = new AccessDeniedException(file.toString());
            denied.initCause(e);
            return denied;
        }
        return e;
    }

    /**
     * Asks, and waits for the whole answer.
     *
     * @param rows takes what comes before the end
     * @return the end of the answer
     * @throws ControlException when the server says no
     * @throws IOException when the server ended, or spoke otherwise
     */
    public Row ask(Request request, Rows rows) throws IOException, ControlException {
        return lines(request, text -> rows.take(row(text.toString())));
    }

    /**
     * Asks likewise, for rows that are passed on as they are.
     *
     * @param rows takes the text of each row, or of many lines at once where the server makes the text
     */
    public Row lines(Request request, Lines rows) throws IOException, ControlException {
        try {
            wire.write(request.line());
            wire.flush();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // a server that has no room for us says so before it closes
            return answer(rows, Optional.of(e));
        }
        return answer(rows, Optional.empty());
    }

    private Row answer(Lines rows, Optional<IOException> failure) throws IOException, ControlException {
        while (true) {
            Optional<String> line = wire.read();
            if (line.isEmpty()) {
                throw failure.orElseGet(() -> new EOFException("the server ended before its answer did"));
            }
            String said = line.get();
            int at = said.indexOf(' ');
            String what = said.substring(0, Math.max(at, 0));
            String text = said.substring(at + 1);
            switch (what) {
                case "row" -> rows.take(text);
                case "text" -> rows.take(wire.read(octets(text)));
                case "end" -> {
                    return row(text);
                }
                case "error" -> {
                    Row row = row(text);
                    throw new ControlException(ControlException.Kind.read(row.text("kind")), row.text("text"));
                }
                default -> throw new ProtocolException(OTHERWISE);
            }
        }
    }

    private static int octets(String number) throws ProtocolException {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            ProtocolException failure = new ProtocolException(OTHERWISE);
            failure.initCause(e);
            throw failure;
        }
    }

    private static Row row(String json) throws ProtocolException {
        try {
            return Row.read(json);
        } catch (IllegalArgumentException e) {
            ProtocolException failure = new ProtocolException(OTHERWISE);
            failure.initCause(e);
            throw failure;
        }
    }

    /** Ends the connection. */
    @Override
    public void close() throws IOException {
        try (alarms) {
            wire.close();
        }
    }
}
