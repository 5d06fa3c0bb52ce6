package dev.railiance.approval;

import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.CanaryDeployStarted;
import dev.railiance.promotion.PromotionEvent.GateEvaluated;
import dev.railiance.promotion.PromotionEvent.GatesRevoked;
import dev.railiance.promotion.PromotionEvent.WeightChanged;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What approvers can have seen of a promotion's gates, each state of it as one digest: the SHA-256 over a line
 * {@code DIGEST  NAME} for the latest evaluation of each gate, in the order of the names.
 *
 * @param current as the gates are now
 * @param seen every state since the canary last changed or gates were taken back
 */
record GateDigests(Digest current, Set<Digest> seen) {

    GateDigests {
        seen = Set.copyOf(seen);
    }

    static GateDigests of(List<PromotionEvent> history) {
        var latest = new TreeMap<String, Digest>();
        var seen = new HashSet<Digest>();
        for (PromotionEvent event : history) {
            switch (event) {
                case CanaryDeployStarted started -> {
                    latest.clear();
                    seen.clear();
                }
                case WeightChanged changed -> {
                    latest.clear();
                    seen.clear();
                }
                case GatesRevoked revoked -> seen.clear();
                case GateEvaluated look ->
                    latest.put(look.evaluation().gate(), look.evaluation().digest());
                default -> {}
            }
            seen.add(over(latest));
        }
        return new GateDigests(over(latest), seen);
    }

    private static Digest over(SortedMap<String, Digest> latest) {
        var lines = new StringBuilder();
        latest.forEach((gate, digest) ->
                lines.append(digest.value()).append("  ").append(gate).append('\n'));
        return Digest.of(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
