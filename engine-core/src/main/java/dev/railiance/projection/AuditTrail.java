package dev.railiance.projection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All that happened to a promotion, in order: {@code railiance.audit-trail.v1}. */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "mode", "phase"})
public record AuditTrail(
        String schema,
        String promotionId,
        String app,
        String environment,
        int stage,
        String mode,
        String phase,
        Rendered.Moved artifact,
        String contractDigest,
        List<Entry> events,
        Rendered.NextStep nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.audit-trail.v1";

    /**
     * One event.
     *
     * @param position its place in the whole ledger
     * @param sequence its place in the promotion
     * @param type literal name with the version it was written in
     * @param phase where the promotion stood after it
     * @param data what the event says beside time and actor
     */
    public record Entry(
            long position, long sequence, String type, Instant at, String by, String phase, JsonNode data) {}

    /** The trail of a history that is not empty. */
    static AuditTrail of(List<StoredEvent> history, EventCodec codec) {
        Promotion promotion = Promotion.NEW;
        var entries = new ArrayList<Entry>(history.size());
        for (StoredEvent stored : history) {
            PromotionEvent event = codec.decode(stored);
            promotion = promotion.evolve(event);
            ObjectNode data = codec.tree(event);
            data.remove(List.of("at", "by"));
            entries.add(new Entry(
                    stored.position(),
                    stored.sequence(),
                    stored.type() + ".v" + stored.version(),
                    event.at(),
                    event.by().name(),
                    Rendered.spelled(promotion.phase()),
                    data));
        }
        PromotionOpened opened = promotion.opening().orElseThrow();
        return new AuditTrail(
                SCHEMA,
                opened.id().value(),
                opened.target().app(),
                opened.target().environment(),
                promotion.phase().stage(),
                "apply",
                Rendered.spelled(promotion.phase()),
                Rendered.Moved.of(opened.artifact()),
                opened.contract().value(),
                entries,
                Rendered.NextStep.of(promotion.phase(), opened.id()));
    }
}
