package dev.railiance.audit;

import dev.railiance.document.Json;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.ReliedOn;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import java.util.ArrayList;
import java.util.List;

/** What a bundle says of itself; made from the events alone. */
final class Description {

    /** The name of the schema of {@code bundle.json}. */
    static final String SCHEMA = "railiance.audit-bundle.v1";

    /** The name of the schema of {@code evidence.json}. */
    static final String EVIDENCE_SCHEMA = "railiance.audit-evidence.v1";

    private record Form(
            String app,
            boolean contract,
            String contractDigest,
            String environment,
            int events,
            String hash,
            String promotionId,
            String schema) {}

    private record Evidence(List<Item> evidence, String schema) {}

    private record Item(String digest, String kind, String name, long sequence) {}

    private Description() {}

    /** {@code bundle.json}: which promotion this is, and the hash of its last event. */
    static String of(List<StoredEvent> events, PromotionOpened opened, boolean contract) {
        return line(new Form(
                opened.target().app(),
                contract,
                opened.contract().value(),
                opened.target().environment(),
                events.size(),
                events.getLast().seal().event().toString(),
                opened.id().value(),
                SCHEMA));
    }

    /** {@code evidence.json}: every digest that an event relies on. */
    static String evidence(List<StoredEvent> events, EventCodec codec) {
        var items = new ArrayList<Item>();
        for (StoredEvent stored : events) {
            for (ReliedOn item : ReliedOn.by(codec.decode(stored))) {
                items.add(new Item(item.digest(), item.kind(), item.name(), stored.sequence()));
            }
        }
        return line(new Evidence(items, EVIDENCE_SCHEMA));
    }

    private static String line(Object form) {
        return EventCodec.canonical(Json.compact(form)) + "\n";
    }
}
