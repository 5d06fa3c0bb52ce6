package dev.railiance.ledger.h2;

import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.promotion.PromotionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows where the ledger and the promotions that were changed last end, without asking: as long as the store is open, nobody
 * else appends to it. Used by who has the turn to write, except for {@link #last}.
 */
final class EndOfLedger extends H2Dialect {

    /** An event takes some kilobytes. */
    private static final int MOST = 500;

    private Head head;
    /** Of this transaction. */
    private final List<StoredEvent> written = new ArrayList<>();
    /** The last events of promotions, as far as they are on the disk; guarded by itself. */
    private final Map<PromotionId, StoredEvent> last = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PromotionId, StoredEvent> eldest) {
            return size() > MOST;
        }
    };

    EndOfLedger(Connection connection) throws SQLException {
        head = EventTable.head(connection);
    }

    @Override
    public Head head(Connection connection) {
        return head;
    }

    @Override
    public void moveHead(Connection connection, Head moved) {
        head = moved;
    }

    @Override
    public Optional<Hash> known(PromotionId promotion, long sequence) {
        return last(promotion)
                .filter(event -> event.sequence() == sequence && written.isEmpty())
                .map(event -> event.seal().event());
    }

    @Override
    public void wrote(StoredEvent sealed) {
        written.add(sealed);
    }

    /** The last event of a promotion, if it was written lately. */
    Optional<StoredEvent> last(PromotionId promotion) {
        synchronized (last) {
            return Optional.ofNullable(last.get(promotion));
        }
    }

    /** What can be gone back to. */
    record Mark(Head head, int written) {}

    Mark mark() {
        return new Mark(head, written.size());
    }

    /** What was written since has been taken back. */
    void back(Mark mark) {
        head = mark.head();
        written.subList(mark.written(), written.size()).clear();
    }

    /** What was written is on the disk; answers the position of the last event. */
    long durable() {
        synchronized (last) {
            written.forEach(event -> last.put(event.promotion(), event));
        }
        written.clear();
        return head.position();
    }
}
