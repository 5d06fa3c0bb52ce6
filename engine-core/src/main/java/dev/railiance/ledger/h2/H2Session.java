package dev.railiance.ledger.h2;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.DocumentTable;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.ledger.jdbc.StatusTable;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A thread's session: one, however often it is opened inside itself. */
final class H2Session implements LedgerSession {

    private final StoreTurns turns;
    private final Thread owner = Thread.currentThread();
    private @Nullable H2Store store;
    private int depth;
    /** What was read since this session's last write may be somebody else's, and not on the disk yet. */
    private boolean unsure;

    H2Session(StoreTurns turns) {
        this.turns = turns;
    }

    /** Opens the session once more; false if there is no ledger and none is to be made. */
    boolean enter(boolean make) {
        H2Store inside = store;
        if (inside == null) {
            store = Uninterrupted.get(() -> Optional.ofNullable(turns.enter(make)))
                    .orElse(null);
        } else if (make) {
            Uninterrupted.run(() -> turns.makeWritable(inside));
        }
        if (store == null) {
            return false;
        }
        depth++;
        return true;
    }

    /** The open store. */
    H2Store store() {
        H2Store open = store;
        if (open == null || Thread.currentThread() != owner) {
            throw new IllegalStateException("the session is closed, or another thread's");
        }
        return open;
    }

    private H2Store reading() {
        H2Store open = store();
        unsure = true;
        return open;
    }

    @Override
    public void append(Entry entry) {
        store().write((connection, end) -> {
            end.append(connection, entry);
            return true;
        });
        unsure = false;
    }

    @Override
    public void keep(List<KeptDocument> documents) {
        store().write((connection, end) -> {
            DocumentTable.put(connection, H2Dialect.H2, documents);
            return true;
        });
    }

    @Override
    public Optional<String> kept(String digest) {
        return reading().read(connection -> DocumentTable.content(connection, digest));
    }

    @Override
    public Head head() {
        Head found = reading().read(EventTable::head);
        long noted = reading().noted();
        // Only a copy of a ledger that is not believed can end before the place that was noted beside it.
        return found.position() < noted ? new Head(noted, Hash.ZERO) : found;
    }

    @Override
    public List<StoredEvent> read(PromotionId promotion, long fromSequence) {
        return reading().events(promotion, fromSequence);
    }

    @Override
    public void scan(long afterPosition, Consumer<StoredEvent> reader) {
        reading().read(connection -> {
            EventTable.scan(connection, afterPosition, reader);
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
        return reading().read(connection -> StatusTable.onTarget(connection, target));
    }

    private List<StatusRow> statuses(String tail, Object... arguments) {
        return reading().read(connection -> StatusTable.select(connection, tail, arguments));
    }

    private static Optional<StatusRow> first(List<StatusRow> found) {
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** The rows may be made from what can be read while they are asked for. */
    @Override
    public void replaceStatuses(Iterable<StatusRow> rows) {
        store().writeAlone((connection, end) -> {
            StatusTable.clear(connection);
            for (StatusRow row : rows) {
                StatusTable.put(connection, H2Dialect.H2, row);
            }
            return true;
        });
    }

    @Override
    public void close() {
        if (store == null) {
            return;
        }
        H2Store open = store();
        if (--depth > 0) {
            return;
        }
        store = null;
        boolean await = unsure;
        unsure = false;
        Uninterrupted.run(() -> {
            try {
                if (await) {
                    open.awaitSync();
                }
            } finally {
                turns.leave(open);
            }
        });
    }
}
