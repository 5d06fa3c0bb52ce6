package dev.railiance.ledger;

import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.time.Instant;

/**
 * Where a promotion stands, as it is kept beside its events so that asking costs one row.
 *
 * @param promotion whose status it is
 * @param target what it is for
 * @param phase where it stands
 * @param artifactDigest what moves
 * @param contractDigest under which contract
 * @param sequence of the last event that is in it
 * @param openedAt when the promotion began
 * @param updatedAt when the last event was recorded
 * @param summary one line for people
 * @param document {@code railiance.promotion-status.v1} as it is printed
 */
public record StatusRow(
        PromotionId promotion,
        Target target,
        Phase phase,
        String artifactDigest,
        String contractDigest,
        long sequence,
        Instant openedAt,
        Instant updatedAt,
        String summary,
        String document) {}
