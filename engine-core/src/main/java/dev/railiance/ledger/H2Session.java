package dev.railiance.ledger;

import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The one session of an {@link H2Ledger}: whoever has the turn uses it. */
final class H2Session implements LedgerSession {

    private final H2Ledger ledger;

    H2Session(H2Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void append(List<StoredEvent> events, StatusRow status) {
        requireOneStory(events, status);
        ledger.store().write(connection -> {
            long position = H2Events.insert(connection, events);
            H2Statuses.put(connection, status);
            return position;
        });
    }

    private static void requireOneStory(List<StoredEvent> events, StatusRow status) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("nothing to append");
        }
        long expected = events.getFirst().sequence();
        for (StoredEvent event : events) {
            if (!event.promotion().equals(status.promotion()) || event.sequence() != expected || expected < 0) {
                throw new IllegalArgumentException("these are not events of one promotion, one after the other");
            }
            expected++;
        }
        if (status.sequence() != expected - 1) {
            throw new IllegalArgumentException("the status is not the one after the last event");
        }
    }

    @Override
    public List<StoredEvent> read(PromotionId promotion, long fromSequence) {
        return ledger.store().read(connection -> H2Events.of(connection, promotion, fromSequence));
    }

    @Override
    public void scan(long afterPosition, Consumer<StoredEvent> reader) {
        ledger.store().read(connection -> {
            H2Events.scan(connection, afterPosition, reader);
            return true;
        });
    }

    @Override
    public Optional<StatusRow> status(PromotionId promotion) {
        return first(statuses("WHERE promotion = ?", promotion.value()));
    }

    @Override
    public List<StatusRow> statuses(int limit) {
        return statuses(H2Statuses.LATEST_FIRST, limit);
    }

    @Override
    public List<StatusRow> statusesByPrefix(String prefix, int limit) {
        return statuses(
                "WHERE promotion >= ? AND promotion < ? " + H2Statuses.LATEST_FIRST,
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
    public Optional<PromotionId> holder(Target target) {
        return first(statuses("WHERE held_target = ?", target.toString())).map(StatusRow::promotion);
    }

    private List<StatusRow> statuses(String tail, Object... arguments) {
        return ledger.store().read(connection -> H2Statuses.select(connection, tail, arguments));
    }

    private static Optional<StatusRow> first(List<StatusRow> found) {
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    @Override
    public void replaceStatuses(Iterable<StatusRow> rows) {
        ledger.store().write(connection -> {
            H2Statuses.clear(connection);
            for (StatusRow row : rows) {
                H2Statuses.put(connection, row);
            }
            return H2Events.last(connection);
        });
    }

    @Override
    public void close() {
        ledger.leave();
    }
}
