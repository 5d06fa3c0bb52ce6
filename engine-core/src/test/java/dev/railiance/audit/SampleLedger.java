package dev.railiance.audit;

import dev.railiance.ContractPolicy;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.h2.H2Ledger;
import dev.railiance.process.ProcessTrees;
import dev.railiance.process.Processes;
import dev.railiance.projection.LedgerView;
import dev.railiance.projection.PromotionStatus;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.signature.SigningKey;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real ledger with promotions that went all the way. */
final class SampleLedger implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-02-01T00:00:00.123456Z");

    private final Ledger ledger;
    private final Processes processes = ProcessTrees.open();

    SampleLedger(Path directory) {
        this(new H2Ledger(new LedgerLocation.Embedded(directory)));
    }

    SampleLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    Ledger ledger() {
        return ledger;
    }

    Processes processes() {
        return processes;
    }

    Audit audit() {
        return audit(NOW);
    }

    Audit audit(Instant now) {
        return new Audit(
                ledger, SampleLog.CODEC, new Actor("ada"), InstantSource.fixed(now), text -> ContractPolicy.of(text));
    }

    /** Asks without believing what is there, as one of a shared ledger does, which counts nothing when it is opened. */
    <T> Outcome<T> ask(Query<T> query) {
        try (LedgerSession session = ledger.inspect().orElseThrow()) {
            return query.answer(new LedgerView(Optional.of(session), () -> SampleLog.CODEC));
        }
    }

    /** The first {@code count} events of a promotion. */
    void append(int promotion, int count) {
        try (LedgerSession session = ledger.open()) {
            int known = session.read(SampleLog.id(promotion), 0).size();
            List<PromotionEvent> history = SampleLog.history(promotion).subList(0, count);
            var events = new ArrayList<StoredEvent>();
            for (int i = known; i < count; i++) {
                events.add(SampleLog.CODEC.encode(SampleLog.id(promotion), i, history.get(i)));
            }
            session.append(new Entry(
                    events,
                    PromotionStatus.row(
                            Promotion.of(history),
                            count - 1L,
                            history.get(count - 1).at()),
                    Fence.NONE,
                    List.of(KeptDocument.of(SampleLog.contract(promotion)))));
        }
    }

    /** Whole promotions, from the first number to before the last. */
    SampleLedger with(int from, int to) {
        for (int i = from; i < to; i++) {
            append(i, SampleLog.history(i).size());
        }
        return this;
    }

    SigningKey key(Path file) {
        return value(SigningKey.read(file, () -> processes, System.getenv()));
    }

    static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.NotDone<T> not ->
                throw new AssertionError(not.failure().toString());
        };
    }

    @Override
    public void close() {
        processes.close();
        ledger.close();
    }
}
