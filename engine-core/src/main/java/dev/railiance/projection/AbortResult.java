package dev.railiance.projection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.RollbackIncomplete;
import dev.railiance.stage2.Known;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What giving a promotion up would do, or did: {@code railiance.abort-result.v1}. */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "mode", "phase", "outcome", "reason"})
public record AbortResult(
        String schema,
        String promotionId,
        String app,
        String environment,
        int stage,
        String mode,
        String phase,
        String outcome,
        String reason,
        String actor,
        Instant startedAt,
        Instant finishedAt,
        List<String> steps,
        List<String> differences,
        Rendered.NextStep nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.abort-result.v1";

    /**
     * The document.
     *
     * @param outcome {@code planned}, {@code aborted}, {@code rolled-back} or {@code incomplete}
     * @param steps what is done, in words
     */
    public static AbortResult of(
            Known known,
            boolean apply,
            String outcome,
            String reason,
            String actor,
            Instant started,
            Instant ended,
            List<String> steps) {
        Promotion promotion = known.promotion().orElseThrow();
        return new AbortResult(
                SCHEMA,
                promotion.id().value(),
                promotion.target().app(),
                promotion.target().environment(),
                promotion.phase().stage(),
                apply ? "apply" : "plan",
                Rendered.spelled(promotion.phase()),
                outcome,
                reason,
                actor,
                started.truncatedTo(ChronoUnit.MICROS),
                ended.truncatedTo(ChronoUnit.MICROS),
                steps,
                outcome.equals("incomplete")
                        ? known.last(RollbackIncomplete.class)
                                .map(RollbackIncomplete::differences)
                                .orElse(List.of())
                        : List.of(),
                switch (outcome) {
                    case "planned", "incomplete" ->
                        new Rendered.NextStep("railiance abort " + promotion.id() + " --apply", "does it");
                    default -> Rendered.NextStep.of(promotion.phase(), promotion.id());
                });
    }
}
