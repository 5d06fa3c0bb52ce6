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
import java.util.Map;

/**
 * Who did what to a promotion, when, on what evidence and under which contract: {@code railiance.audit-trail.v1}.
 *
 * @param outcome what came of it so far
 * @param requester who opened it
 * @param contractDigest of the contract that it is judged by from its first event to its last
 * @param planDigest of the plan of Stage 1
 * @param checks of the last validation
 * @param evidence of the last validation
 * @param approvers whose approvals stand
 * @param tools versions of the tools that the last validation used
 * @param events everything, in order
 */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "mode", "phase", "outcome"})
public record AuditTrail(
        String schema,
        String promotionId,
        String app,
        String environment,
        int stage,
        String mode,
        String phase,
        String outcome,
        String requester,
        Rendered.Moved artifact,
        String contractDigest,
        String planDigest,
        List<Rendered.Check> checks,
        List<Rendered.Evidence> evidence,
        List<String> approvers,
        Map<String, String> tools,
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
     * @param hash of the event and of all before it in the promotion
     * @param evidence what it relies on, by digests
     * @param data what the event says beside time and actor
     */
    public record Entry(
            long position,
            long sequence,
            String type,
            Instant at,
            String by,
            String phase,
            String hash,
            List<ReliedOn> evidence,
            JsonNode data) {}

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
                    stored.seal().event().toString(),
                    ReliedOn.by(event),
                    data));
        }
        PromotionOpened opened = promotion.opening().orElseThrow();
        PromotionStatus status = PromotionStatus.of(promotion, history.getLast().at());
        return new AuditTrail(
                SCHEMA,
                opened.id().value(),
                opened.target().app(),
                opened.target().environment(),
                promotion.phase().stage(),
                "apply",
                status.phase(),
                status.outcome(),
                status.requester(),
                status.artifact(),
                opened.contract().value(),
                status.planDigest(),
                status.checks(),
                status.evidence(),
                status.approvers(),
                status.tools(),
                entries,
                status.nextStep());
    }
}
