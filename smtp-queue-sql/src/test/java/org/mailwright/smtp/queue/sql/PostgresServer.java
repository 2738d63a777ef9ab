package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** A PostgreSQL of a test's own, on a free port of 127.0.0.1, which keeps it when it is stopped and started again. */
final class PostgresServer implements AutoCloseable {

    static final String USER = "mailwright";
    static final String PASSWORD = "secret-of-the-test";

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path programs;
    private final Path folder;
    private final Path data;
    private final int port;
    private final boolean forced;
    private final boolean root = "root".equals(System.getProperty("user.name"));
    private final AtomicInteger databases = new AtomicInteger();
    private Optional<Process> running = Optional.empty();

    private PostgresServer(Path programs, Path folder, int port, boolean forced) {
        this.programs = programs;
        this.forced = forced;
        this.folder = folder;
        this.data = folder.resolve("data");
        this.port = port;
    }

    /** Starts one, or skips the test where none is installed. The machine stays on, so that it need not force. */
    static PostgresServer start() throws IOException, InterruptedException {
        return start(false);
    }

    /** Starts one that forces what it commits onto the medium, or does not. */
    static PostgresServer start(boolean forced) throws IOException, InterruptedException {
        Path programs = programs()
                .orElseThrow(() -> new TestAbortedException(
                        "no PostgreSQL below " + INSTALLED + ": apt-get install postgresql-15, to run this test"));
        Path folder = Files.createTempDirectory("mailwright-postgres-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostgresServer server = new PostgresServer(programs, folder, freePort(), forced);
        Runtime.getRuntime().addShutdownHook(new Thread(server::end));
        server.make();
        server.run();
        return server;
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.filter(each -> Files.isExecutable(each.resolve("bin/initdb")))
                    .max(Comparator.comparingInt(
                            each -> Integer.parseInt(each.getFileName().toString())))
                    .map(each -> each.resolve("bin"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void make() throws IOException, InterruptedException {
        Path secret = Files.writeString(folder.resolve("password"), PASSWORD);
        Files.createDirectory(data);
        if (root) {
            for (Path each : List.of(secret, data)) {
                Files.setOwner(
                        each,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
            }
        }
        int status = command(
                        "initdb",
                        "-D",
                        data.toString(),
                        "-U",
                        USER,
                        "--pwfile",
                        secret.toString(),
                        "-A",
                        "scram-sha-256",
                        "--encoding",
                        "UTF8",
                        "--locale",
                        "C",
                        "--no-instructions",
                        "--no-sync")
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("initdb: " + said());
        }
    }

    private ProcessBuilder command(String program, String... words) {
        List<String> all = new ArrayList<>();
        if (root) {
            // it replaces itself by the program, so that its process id is the one that is known
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.add(programs.resolve(program).toString());
        all.addAll(List.of(words));
        return new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    void run() throws IOException, InterruptedException {
        Process process = command(
                        "postgres",
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=" + data,
                        "-c",
                        "max_connections=200",
                        "-c",
                        "fsync=" + (forced ? "on" : "off"))
                .start();
        running = Optional.of(process);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new IOException("PostgreSQL does not answer: " + said());
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    private boolean answers() {
        try {
            sql("postgres", "SELECT 1");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends all sessions, and it: in an orderly way, or as a crash does. */
    void stop(boolean crash) throws IOException, InterruptedException {
        Process process = running.orElseThrow();
        new ProcessBuilder("kill", crash ? "-QUIT" : "-INT", Long.toString(process.pid()))
                .start()
                .waitFor();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IOException("PostgreSQL does not end: " + said());
        }
        running = Optional.empty();
    }

    /** Makes an empty database; returns its name. */
    String create() throws SQLException {
        String name = "mail" + databases.incrementAndGet();
        sql("postgres", "CREATE DATABASE " + name);
        return name;
    }

    int port() {
        return port;
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    PostgresQueueConfig config(String database) {
        return PostgresQueueConfig.of(url(database), USER, () -> PASSWORD);
    }

    /** Runs statements as the owner of all of it. */
    void sql(String database, String text) throws SQLException {
        try (Sql sql = connect(database)) {
            sql.run(text);
        }
    }

    /** Asks for a number. */
    long number(String database, String text) throws SQLException {
        try (Sql sql = connect(database)) {
            return sql.query(row -> row.getLong(1), text).getFirst();
        }
    }

    private Sql connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        return new Sql(Drivers.POSTGRESQL.connect(url(database), properties));
    }

    private void end() {
        running.ifPresent(Process::destroyForcibly);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (running.isPresent()) {
            stop(false);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
