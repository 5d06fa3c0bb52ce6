package dev.railiance.notification;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.document.Json;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.ApprovalGranted;
import dev.railiance.promotion.PromotionEvent.CanaryDeployStarted;
import dev.railiance.promotion.PromotionEvent.PromoteStarted;
import dev.railiance.promotion.PromotionEvent.PromotionApproved;
import dev.railiance.promotion.PromotionEvent.RollbackStarted;
import dev.railiance.promotion.Target;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * One event of a promotion as others are told of it: a CloudEvent 1.0 in its JSON format, whose data are {@code
 * railiance.notification.v1}. Reasons, signatures and what was measured stay in the ledger.
 *
 * @param id of the event, the same however often it is told: the promotion and the event's place in it
 * @param body the CloudEvent
 */
record Notice(String id, String body) {

    /** The name of the schema of a CloudEvent's data. */
    static final String SCHEMA = "railiance.notification.v1";

    private static final JsonFormat FORMAT = new JsonFormat();

    /** What a body is. */
    static final String CONTENT_TYPE = JsonFormat.CONTENT_TYPE + "; charset=utf-8";

    /**
     * The data of a CloudEvent.
     *
     * @param phase where the promotion stands after the event
     * @param event its name in the ledger
     * @param planDigest of the plan that it is about
     * @param freeze the freeze windows in which an approval was given
     */
    @JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "phase", "event", "sequence"})
    private record Data(
            String schema,
            String promotionId,
            String app,
            String environment,
            int stage,
            String phase,
            String event,
            long sequence,
            Instant at,
            String by,
            String artifactDigest,
            String contractDigest,
            Optional<String> planDigest,
            Optional<String> freeze,
            Rendered.NextStep nextStep) {}

    /** Of an event, with the promotion as it stands after it. */
    static Notice of(StoredEvent stored, PromotionEvent event, Promotion after) {
        Target target = after.target();
        String id = stored.promotion() + "/" + stored.sequence();
        var cloudEvent = CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create("urn:railiance:" + target.app() + ":" + target.environment()))
                .withType("dev.railiance." + event.type())
                .withSubject(stored.promotion().value())
                .withTime(stored.at().atOffset(ZoneOffset.UTC))
                .withDataSchema(URI.create("urn:railiance:schema:" + SCHEMA))
                .withData(
                        "application/json",
                        Json.compact(data(stored, event, after)).getBytes(StandardCharsets.UTF_8))
                .build();
        return new Notice(id, new String(FORMAT.serialize(cloudEvent), StandardCharsets.UTF_8));
    }

    private static Data data(StoredEvent stored, PromotionEvent event, Promotion after) {
        return new Data(
                SCHEMA,
                stored.promotion().value(),
                after.target().app(),
                after.target().environment(),
                after.phase().stage(),
                Rendered.spelled(after.phase()),
                event.type(),
                stored.sequence(),
                stored.at(),
                event.by().name(),
                after.artifact().digest().value(),
                after.opening().orElseThrow().contract().value(),
                plan(event).map(Digest::value),
                event instanceof ApprovalGranted granted ? granted.approval().freeze() : Optional.empty(),
                Rendered.NextStep.of(after.phase(), stored.promotion()));
    }

    private static Optional<Digest> plan(PromotionEvent event) {
        return switch (event) {
            case CanaryDeployStarted started -> Optional.of(started.plan());
            case ApprovalGranted granted -> Optional.of(granted.approval()).map(Approval::plan);
            case PromotionApproved approved -> approved.plan();
            case PromoteStarted started -> Optional.of(started.plan());
            case RollbackStarted started -> started.plan();
            default -> Optional.empty();
        };
    }
}
