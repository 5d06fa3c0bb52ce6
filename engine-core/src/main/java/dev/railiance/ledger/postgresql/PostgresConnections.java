package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerException.Kind;
import dev.railiance.ledger.SharedLocation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The few connections of a ledger: made when they are needed, used by one session at a time, kept for the next. A pool of
 * the usual kind starts threads and loads some hundred classes, which is what a command that asks once can least afford.
 */
final class PostgresConnections implements AutoCloseable {

    private static final int MOST = 8;

    /** One that has rested longer than this is asked whether it lives, before somebody relies on it. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final int SECONDS_TO_ANSWER = 5;

    /** A client that stops in the middle of a transaction keeps the others from appending no longer than this. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final String SETTINGS = "SELECT set_config('lock_timeout', ?, false),"
            + " set_config('idle_in_transaction_session_timeout', ?, false),"
            + " set_config('default_transaction_isolation', 'read committed', false),"
            + " set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
            + " ELSE current_setting('synchronous_commit') END, false),"
            + " current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on',"
            + " current_setting('server_encoding') = 'UTF8'";

    private record Resting(Connection connection, long since) {}

    private final SharedLocation location;
    private final Duration patience;
    private final Semaphore free = new Semaphore(MOST, true);
    private final Deque<Resting> resting = new ArrayDeque<>();
    private boolean closed;

    PostgresConnections(SharedLocation location, Duration patience) {
        this.location = location;
        this.patience = patience;
    }

    /** A connection that works, for one user alone. */
    Connection take() throws SQLException {
        awaitFree();
        Connection taken = null;
        try {
            taken = rested();
            if (taken == null) {
                taken = connect();
            }
            return taken;
        } finally {
            if (taken == null) {
                free.release();
            }
        }
    }

    /** An interrupted thread, which may have an outcome to record, gets one as well if it need not wait. */
    private void awaitFree() {
        try {
            if (!free.tryAcquire() && !free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new LedgerException(Kind.BUSY, "this process uses all its connections to the shared ledger");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException(Kind.BUSY, "interrupted while waiting for the shared ledger", e);
        }
    }

    private @Nullable Connection rested() throws SQLException {
        while (true) {
            Resting latest;
            synchronized (resting) {
                latest = resting.pollFirst();
            }
            if (latest == null) {
                return null;
            }
            if (System.nanoTime() - latest.since() < FRESH.toNanos()
                    || latest.connection().isValid(SECONDS_TO_ANSWER)) {
                return latest.connection();
            }
            discard(latest.connection());
        }
    }

    /** Takes a connection back; one that is broken, or in the middle of something, is not used again. */
    void giveBack(Connection connection) {
        boolean keep;
        try {
            keep = !connection.isClosed() && connection.getAutoCommit();
        } catch (SQLException e) {
            keep = false;
        }
        synchronized (resting) {
            keep = keep && !closed;
            if (keep) {
                resting.addFirst(new Resting(connection, System.nanoTime()));
            }
        }
        if (!keep) {
            discard(connection);
        }
        free.release();
    }

    /** A new connection for the user of one that has broken; that one again, as he will find out, if none can be made. */
    Connection inPlaceOf(Connection broken) {
        try {
            Connection fresh = connect();
            discard(broken);
            return fresh;
        } catch (SQLException | LedgerException e) {
            return broken;
        }
    }

    private static void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is of no use to anybody any more.
            return;
        }
    }

    /** A new connection; whoever asks for one here closes it himself. */
    Connection connect() throws SQLException {
        // Not through DriverManager, which would load every JDBC driver of the class path.
        Connection connection = new Driver().connect(location.url(), properties());
        if (connection == null) {
            throw new LedgerException(Kind.UNAVAILABLE, "the shared ledger's URL is none that the driver knows");
        }
        boolean usable = false;
        try {
            settle(connection);
            usable = true;
            return connection;
        } finally {
            if (!usable) {
                discard(connection);
            }
        }
    }

    /** What a URL sets is not set here: it counts before these. */
    private Properties properties() {
        Properties properties = new Properties();
        location.user().ifPresent(user -> properties.setProperty("user", user));
        location.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("ApplicationName", "railiance");
        properties.setProperty("currentSchema", location.schema());
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("assumeMinServerVersion", "13");
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("logServerErrorDetail", "false");
        if (!location.local()) {
            properties.setProperty("sslmode", "verify-full");
        }
        if (location.parameter("sslrootcert").filter("system"::equals).isPresent()) {
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        return properties;
    }

    private void settle(Connection connection) throws SQLException {
        try (PreparedStatement settings = connection.prepareStatement(SETTINGS)) {
            settings.setString(1, Long.toString(patience.toMillis()));
            settings.setString(2, Long.toString(LONGEST_PAUSE.toMillis()));
            try (ResultSet rows = settings.executeQuery()) {
                rows.next();
                if (!rows.getBoolean(5)) {
                    throw new LedgerException(
                            Kind.UNAVAILABLE,
                            "the shared ledger's server runs without fsync or full_page_writes: it could lose what it has confirmed");
                }
                if (!rows.getBoolean(6)) {
                    throw new LedgerException(Kind.UNAVAILABLE, "the shared ledger's database is not one in UTF-8");
                }
            }
        }
    }

    /** Closes those that nobody uses now: where one has broken, its server may have been restarted. */
    void forgetResting() {
        Deque<Resting> left;
        synchronized (resting) {
            left = new ArrayDeque<>(resting);
            resting.clear();
        }
        left.forEach(one -> discard(one.connection()));
    }

    /** Closes those that nobody uses now, and the others when they are given back. */
    @Override
    public void close() {
        synchronized (resting) {
            closed = true;
        }
        forgetResting();
    }
}
