package dev.railiance.audit;

import dev.railiance.audit.AuditVerification.Statuses;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.PromotionStatus;
import dev.railiance.promotion.Promotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the status rows of a ledger that was found intact with those that its events give. */
final class StatusRows {

    private static final int PAGE = 512;
    private static final int NAMED = 10;
    private static final String IN_AN_ID = "0123456789abcdef-";

    private final LedgerSession session;
    private final EventCodec codec;
    private final List<String> different = new ArrayList<>();
    private final long end;
    private long compared;
    private @Nullable Tampering truncation;

    /**
     * A comparison.
     *
     * @param end the last position that was found intact; promotions that were opened after it are left out
     */
    StatusRows(LedgerSession session, EventCodec codec, long end) {
        this.end = end;
        this.session = session;
        this.codec = codec;
    }

    /** Compares all rows; {@code promotions} is how many there should be. */
    Statuses compare(long promotions) {
        compareBeginningWith("");
        if (compared != promotions && different.isEmpty()) {
            different.add("there are " + compared + " status rows for " + promotions + " promotions");
        }
        return new Statuses(different.isEmpty() ? "equal" : "different", compared, List.copyOf(different));
    }

    /** By ever longer beginnings of their ids, so that a page of them is all that lies in memory. */
    private void compareBeginningWith(String prefix) {
        List<StatusRow> rows;
        try {
            rows = session.statusesByPrefix(prefix, PAGE);
        } catch (LedgerException e) {
            PromotionChain.requireReadable(e);
            different.add("a status row cannot be read");
            return;
        }
        if (rows.size() < PAGE) {
            rows.forEach(this::compare);
            return;
        }
        for (int i = 0; i < IN_AN_ID.length(); i++) {
            compareBeginningWith(prefix + IN_AN_ID.charAt(i));
        }
    }

    private void compare(StatusRow row) {
        List<StoredEvent> events = session.read(row.promotion(), 0);
        if (!events.isEmpty() && events.getFirst().position() > end) {
            return;
        }
        compared++;
        // On a shared ledger somebody may have appended between the row and the events: then both are read once more.
        boolean equal = isRebuilt(row, events)
                || session.status(row.promotion())
                        .filter(again -> isRebuilt(again, session.read(row.promotion(), 0)))
                        .isPresent();
        if (!equal && truncation == null) {
            truncation = session.status(row.promotion())
                    .flatMap(again -> PromotionChain.truncation(again, session.read(row.promotion(), 0)))
                    .orElse(null);
        }
        if (!equal && different.size() < NAMED) {
            different.add(row.promotion().value());
        }
    }

    /** What a row speaks of and is not there. */
    Optional<Tampering> truncation() {
        return Optional.ofNullable(truncation);
    }

    private boolean isRebuilt(StatusRow row, List<StoredEvent> events) {
        return !events.isEmpty() && rebuilt(events).equals(row);
    }

    private StatusRow rebuilt(List<StoredEvent> events) {
        Promotion promotion = Promotion.of(events.stream().map(codec::decode).toList());
        StoredEvent last = events.getLast();
        return PromotionStatus.row(promotion, last.sequence(), last.at());
    }
}
