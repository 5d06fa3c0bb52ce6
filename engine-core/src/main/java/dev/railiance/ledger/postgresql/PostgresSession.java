package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerException.Kind;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.DocumentTable;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.ledger.jdbc.StatusTable;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A thread's session: a connection of its own, which others do not wait for. */
final class PostgresSession implements LedgerSession {

    private final PostgresLedger ledger;
    private Connection connection;
    private final Thread user = Thread.currentThread();
    private boolean writable;
    private boolean writing;
    private int depth;

    PostgresSession(PostgresLedger ledger, Connection connection) {
        this.ledger = ledger;
        this.connection = connection;
    }

    PostgresSession entered(boolean forWriting) {
        depth++;
        writable |= forWriting;
        return this;
    }

    private Connection connection() {
        if (depth == 0 || Thread.currentThread() != user) {
            throw new IllegalStateException("the session is closed, or another thread's");
        }
        return connection;
    }

    /** Reads. Each statement sees what is committed when it begins. */
    <T> T read(PostgresTransaction.Work<T> work) {
        try {
            return work.on(connection());
        } catch (SQLException e) {
            throw ledger.failure(e);
        }
    }

    /** Writes all or nothing, in a ledger whose format this Railiance knows; others may append meanwhile. */
    <T> T write(PostgresTransaction.Work<T> work) {
        beginWriting();
        try {
            return read(connected -> PostgresTransaction.run(connected, open -> {
                PostgresMigrations.requireKnown(open);
                return work.on(open);
            }));
        } finally {
            writing = false;
        }
    }

    private void beginWriting() {
        if (!writable) {
            throw new IllegalStateException("the session is for looking only");
        }
        if (writing) {
            throw new IllegalStateException("a transaction inside a transaction");
        }
        writing = true;
    }

    @Override
    public void append(Entry entry) {
        beginWriting();
        try {
            ledger.append(connection(), entry);
        } catch (PostgresAppend.OutcomeUnknown e) {
            ledger.requireRecorded(e.last(), e.hash());
            // What was recorded will be asked for in this session, whose connection has broken.
            connection = ledger.inPlaceOf(connection);
        } catch (SQLException e) {
            throw ledger.failure(e);
        } finally {
            writing = false;
        }
    }

    @Override
    public void keep(List<KeptDocument> documents) {
        write(open -> {
            DocumentTable.put(open, PostgresDialect.POSTGRES, documents);
            return true;
        });
    }

    @Override
    public Optional<String> kept(String digest) {
        return read(open -> DocumentTable.content(open, digest));
    }

    @Override
    public Head head() {
        return read(open -> {
            try (Statement statement = open.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT position, hash FROM ledger")) {
                if (!rows.next()) {
                    throw new LedgerException(Kind.DAMAGED, "the shared ledger does not say where it ends");
                }
                return new Head(rows.getLong(1), Hash.of(rows.getBytes(2)));
            }
        });
    }

    @Override
    public List<StoredEvent> read(PromotionId promotion, long fromSequence) {
        return read(open -> EventTable.of(open, promotion, fromSequence));
    }

    @Override
    public void scan(long afterPosition, Consumer<StoredEvent> reader) {
        read(open -> {
            PostgresScan.scan(open, afterPosition, reader);
            return true;
        });
    }

    @Override
    public Optional<StatusRow> status(PromotionId promotion) {
        return first(statuses("WHERE promotion = ?", promotion.value()));
    }

    @Override
    public List<StatusRow> statuses(int limit) {
        return statuses(StatusTable.LATEST_FIRST, limit);
    }

    @Override
    public List<StatusRow> statusesByPrefix(String prefix, int limit) {
        return statuses(
                "WHERE promotion >= ? AND promotion < ? " + StatusTable.LATEST_FIRST,
                prefix,
                prefix + Character.MAX_VALUE,
                limit);
    }

    @Override
    public Optional<StatusRow> current(Target target, String artifactDigest, String contractDigest) {
        return first(statuses(
                "WHERE app = ? AND environment = ? AND NOT ended AND artifact_digest = ? AND contract_digest = ?"
                        + " ORDER BY opened_at DESC, promotion DESC LIMIT 1",
                target.app(),
                target.environment(),
                artifactDigest,
                contractDigest));
    }

    @Override
    public List<StatusRow> inPhase(Target target, Phase phase) {
        return statuses(
                "WHERE app = ? AND environment = ? AND phase = ? AND ended = " + phase.end(),
                target.app(),
                target.environment(),
                phase.name());
    }

    @Override
    public OnTarget onTarget(Target target) {
        return read(open -> StatusTable.onTarget(open, target));
    }

    private List<StatusRow> statuses(String tail, Object... arguments) {
        return read(open -> StatusTable.select(open, tail, arguments));
    }

    private static Optional<StatusRow> first(List<StatusRow> found) {
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /**
     * Nobody can append until the last of the rows, which may be made while they are asked for, is in its place: an append puts
     * its status before it locks what the others need.
     */
    @Override
    public void replaceStatuses(Iterable<StatusRow> rows) {
        write(open -> {
            try (Statement lock = open.createStatement()) {
                lock.execute("LOCK TABLE status IN SHARE ROW EXCLUSIVE MODE");
            }
            StatusTable.clear(open);
            for (StatusRow row : rows) {
                StatusTable.put(open, PostgresDialect.POSTGRES, row);
            }
            return true;
        });
    }

    @Override
    public void close() {
        if (depth > 0 && Thread.currentThread() != user) {
            throw new IllegalStateException("the session is another thread's");
        }
        if (depth > 0 && --depth == 0) {
            ledger.left(this, connection);
        }
    }
}
