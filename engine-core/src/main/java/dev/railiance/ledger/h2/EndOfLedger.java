package dev.railiance.ledger.h2;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LatestUsed;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.ledger.jdbc.Tables;
import dev.railiance.promotion.PromotionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows where the ledger and the promotions that were changed last end, without asking: as long as the store is open, nobody
 * else appends to it. Used by who has the turn to write, except for {@link #last}.
 */
final class EndOfLedger {

    /** An event takes some kilobytes. */
    private static final int MOST = 500;

    private Head head;
    /** Of this transaction. */
    private final List<StoredEvent> written = new ArrayList<>();
    /** The last events of promotions, as far as they are on the disk; guarded by itself. */
    private final Map<PromotionId, StoredEvent> last = new LatestUsed<>(MOST);

    EndOfLedger(Connection connection) throws SQLException {
        head = EventTable.head(connection);
    }

    /** Appends an entry, in the transaction of the connection. */
    void append(Connection connection, Entry entry) throws SQLException {
        List<StoredEvent> sealed = Tables.append(connection, H2Dialect.H2, entry, head, predecessor(entry));
        head = EventTable.headAfter(sealed);
        written.addAll(sealed);
    }

    private Optional<Hash> predecessor(Entry entry) {
        StoredEvent first = entry.events().getFirst();
        return written.stream().noneMatch(event -> event.promotion().equals(first.promotion()))
                ? last(first.promotion())
                        .filter(event -> event.sequence() == first.sequence() - 1)
                        .map(event -> event.seal().event())
                : Optional.empty();
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
