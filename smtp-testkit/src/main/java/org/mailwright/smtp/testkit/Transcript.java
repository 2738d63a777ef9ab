package org.mailwright.smtp.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * A dialogue between a client and a server, as a readable text: what the client says and what the server must answer.
 *
 * <pre>
 * # size-too-large.smtp: blank lines, and lines that begin with "#", are for readers
 * S: 220 mx.example.test ESMTP
 * C: EHLO client.example
 * S*: 250 SIZE 10
 * C: MAIL FROM:&lt;a@client.example&gt; SIZE=11
 * S: 552 5.3.4 *
 * C: QUIT
 * S: 221 2.0.0 *
 * CLOSED
 * </pre>
 *
 * <table>
 * <caption>What can stand on a line</caption>
 * <tr><td>{@code C: text}</td><td>the client says a line, in UTF-8, with CRLF</td></tr>
 * <tr><td>{@code R: octets}</td><td>octets without a line end; escapes are \r \n \t \0 \s \\ \xNN</td></tr>
 * <tr><td>{@code R*N: octets}</td><td>the same, N times</td></tr>
 * <tr><td>{@code S: pattern}</td><td>the server says a line; "*" stands for anything, "\*" for a star</td></tr>
 * <tr><td>{@code S*: code pattern}</td><td>a reply of any number of lines, one of whose texts matches</td></tr>
 * <tr><td>{@code S!: code pattern}</td><td>a reply of any number of lines, none of whose texts matches</td></tr>
 * <tr><td>{@code TLS}</td><td>the client makes a TLS handshake, which succeeds</td></tr>
 * <tr><td>{@code SHUT}</td><td>the client ends its side and still reads</td></tr>
 * <tr><td>{@code DROP}</td><td>the client is gone without a word</td></tr>
 * <tr><td>{@code WAIT 5m}</td><td>time passes (ms, s, m, h); not over a socket</td></tr>
 * <tr><td>{@code STOP}</td><td>the server is asked to stop; not over a socket</td></tr>
 * <tr><td>{@code CLOSED}</td><td>the server has closed the connection and said nothing more</td></tr>
 * <tr><td>{@code WAYS memory socket}</td><td>the {@linkplain Way ways} in which it makes sense; else all</td></tr>
 * </table>
 *
 * <p>What the client sends with no line of the server in between leaves in one piece: a pipelined group. In memory the
 * server must have said nothing beyond what is written down before the client goes on; over a socket that shows with
 * the next line.
 *
 * @since 0.1.0
 */
public final class Transcript {

    private final String name;
    private final List<Act> acts;
    private final Set<Way> ways;

    Transcript(String name, List<Act> acts, Set<Way> ways) {
        this.name = name;
        this.acts = acts;
        this.ways = ways;
    }

    /**
     * Reads a transcript.
     *
     * @param name for messages
     * @throws IllegalArgumentException when a line is none, naming it
     */
    public static Transcript parse(String name, String text) {
        return new TranscriptReader(name).read(text);
    }

    /**
     * Reads a transcript from a file on the class path.
     *
     * @param beside the class in whose package the file lies
     * @param path such as "size.smtp", or "/transcripts/size.smtp" from the root of the class path
     * @throws IllegalArgumentException when there is no such file, or a line is wrong
     */
    public static Transcript resource(Class<?> beside, String path) {
        try (InputStream file = beside.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalArgumentException("no transcript " + path + " on the class path of " + beside);
            }
            return parse(path, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Plays it against any server that is running, over a connection of its own. Fails when the dialogue goes
     * otherwise.
     *
     * @return the lines that the server said
     */
    public List<String> play(InetSocketAddress server) throws IOException {
        try (SocketWire wire = new SocketWire(server)) {
            return new TranscriptPlayer(this, wire).play();
        }
    }

    /** Returns the name, for messages. */
    public String name() {
        return name;
    }

    /** Returns the ways in which it makes sense to play it. */
    public Set<Way> ways() {
        return ways;
    }

    List<Act> acts() {
        return acts;
    }

    @Override
    public String toString() {
        return name;
    }
}
