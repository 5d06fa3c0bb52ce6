package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.LedgerVariables;
import dev.railiance.ledger.SharedLocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the tests' own, with the durability settings that it comes with: on a free port of this machine,
 * in a directory that goes with it. It ends with the process that started it, however that ends.
 */
public final class RealPostgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Ends the server when the input ends, which is when the process that holds the other end of it is gone. */
    private static final String GUARD =
            "directory=$1; shift; \"$@\" & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf \"$directory\"";

    private final Path directory;
    private final int port;
    private final String password;
    private final Process guard;
    private final AtomicInteger ledgers = new AtomicInteger();

    private RealPostgres(Path directory, int port, String password, Process guard) {
        this.directory = directory;
        this.port = port;
        this.password = password;
        this.guard = guard;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param settings such as {@code max_connections=50}
     * @throws IOException if it cannot run here; the message says why
     */
    public static RealPostgres start(String... settings) throws IOException {
        Path directory = Files.createTempDirectory("railiance-postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        String password = UUID.randomUUID().toString();
        PostgresPrograms.unpack(directory.resolve("programs"));
        List<String> before = PostgresPrograms.unprivileged();
        Path home = Files.createDirectory(directory.resolve("home"));
        if (!before.isEmpty()) {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        initialise(directory, before, password);
        int port = freePort();
        RealPostgres server =
                new RealPostgres(directory, port, password, serve(directory, before, port, List.of(settings)));
        server.awaitAnswer();
        return server;
    }

    private static void initialise(Path directory, List<String> before, String password) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), password);
        Path said = directory.resolve("initdb.log");
        Process process = new ProcessBuilder(PostgresPrograms.concat(
                        before,
                        List.of(
                                directory.resolve("programs/bin/initdb").toString(),
                                "--pgdata=" + directory.resolve("home/data"),
                                "--username=postgres",
                                "--pwfile=" + secret,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale-provider=icu",
                                "--icu-locale=en-US",
                                "--locale=C",
                                "--no-sync")))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("initdb failed: " + Files.readString(said));
        }
        Files.delete(secret);
    }

    private static Process serve(Path directory, List<String> before, int port, List<String> settings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", directory.toString()));
        command.addAll(before);
        command.addAll(List.of(
                directory.resolve("programs/bin/postgres").toString(),
                "-D",
                directory.resolve("home/data").toString(),
                "-p",
                Integer.toString(port)));
        for (String setting : Stream.concat(
                        Stream.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"),
                        settings.stream())
                .toList()) {
            command.addAll(List.of("-c", setting));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until the server answers, also after a crash. */
    public void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = connect()) {
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    String said = Files.readString(directory.resolve("server.log"));
                    close();
                    throw new IOException("the server does not answer: " + said, e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A place for one more ledger: nothing is there yet. */
    public SharedLocation newLedger() {
        return ledger("ledger_" + ledgers.incrementAndGet());
    }

    /** The ledger in a schema. */
    public SharedLocation ledger(String schema) {
        return SharedLocation.of(url() + "?currentSchema=" + schema, "postgres", password);
    }

    /** The variables that name a ledger to another process. */
    public static Map<String, String> variables(SharedLocation location) {
        return Map.of(
                LedgerVariables.LEDGER, location.url(),
                LedgerVariables.USER, location.user().orElseThrow(),
                LedgerVariables.PASSWORD, location.password().orElseThrow());
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** A connection for looking behind the ledger's back, as the server's owner. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", password);
    }

    /** Sends a signal to a process of the server that serves a client of this application, if there is one. */
    public void killBackend(String signal) throws IOException, SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pid FROM pg_stat_activity"
                        + " WHERE application_name = 'railiance' ORDER BY random() LIMIT 1")) {
            if (rows.next()) {
                new ProcessBuilder("kill", "-" + signal, rows.getString(1))
                        .inheritIO()
                        .start()
                        .onExit()
                        .join();
            }
        }
    }

    /** Where it listens on this machine. */
    int port() {
        return port;
    }

    /** A text that can be looked for wherever the password must not be. */
    public String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        guard.getOutputStream().close();
        guard.onExit().join();
        if (Files.exists(directory)) {
            try (Stream<Path> left = Files.walk(directory)) {
                for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
