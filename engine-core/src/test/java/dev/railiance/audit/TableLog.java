package dev.railiance.audit;

import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A log whose rows somebody may have changed: read in the order of its positions, row by row, as a table is. */
record TableLog(List<Supplier<StoredEvent>> rows) implements EventLog {

    static TableLog of(List<StoredEvent> events) {
        return new TableLog(events.stream()
                .sorted(Comparator.comparingLong(StoredEvent::position))
                .<Supplier<StoredEvent>>map(event -> () -> event)
                .toList());
    }

    /** The events with one row in the place of another. */
    static TableLog with(List<StoredEvent> events, int index, Row row) {
        var rows = new ArrayList<Supplier<StoredEvent>>();
        events.forEach(event -> rows.add(() -> event));
        rows.set(index, row::event);
        return new TableLog(rows);
    }

    @Override
    public void scan(Consumer<StoredEvent> reader) {
        rows.forEach(row -> reader.accept(row.get()));
    }

    @Override
    public List<StoredEvent> read(PromotionId promotion, long fromSequence) {
        return rows.stream()
                .map(Supplier::get)
                .filter(event -> event.promotion().equals(promotion) && event.sequence() >= fromSequence)
                .sorted(Comparator.comparingLong(StoredEvent::sequence))
                .toList();
    }
}
