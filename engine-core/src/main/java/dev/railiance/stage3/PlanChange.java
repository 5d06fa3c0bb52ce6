package dev.railiance.stage3;

import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.PromoteStarted;
import dev.railiance.stage2.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What is no longer as it was when a plan was approved, or when carrying it out was begun. */
public final class PlanChange {

    private PlanChange() {}

    /** The plan that counts: the one that is being carried out, else one that was approved. */
    public static Optional<Digest> reference(Known known, Digest plan) {
        Optional<Digest> begun = known.promotion()
                .filter(Standing::promoting)
                .flatMap(promotion -> known.last(PromoteStarted.class))
                .map(PromoteStarted::plan);
        return begun.or(() -> {
            List<Digest> approved = known.promotion().map(Promotion::approvals).orElse(List.of()).stream()
                    .filter(approval -> approval.scope() == Approval.Scope.STAGE3)
                    .map(Approval::plan)
                    .toList();
            return approved.contains(plan) || approved.isEmpty() ? Optional.empty() : Optional.of(approved.getLast());
        });
    }

    /**
     * The names of the parts that changed; none where the plan is the one that counts, or none does yet.
     *
     * @param kept the parts of that plan, where the ledger keeps them
     */
    public static List<String> names(Known known, PlanParts parts, Optional<PlanParts> kept) {
        Optional<Digest> reference = reference(known, parts.digest());
        if (reference.isPresent() && !reference.get().equals(parts.digest()) && kept.isPresent()) {
            return parts.changedSince(kept.get());
        }
        List<String> changed = new ArrayList<>();
        known.promotion().flatMap(Promotion::opening).ifPresent(opened -> {
            if (!Objects.equals(parts.parts().get("artifact"), opened.artifact().digest())) {
                changed.add("artifact");
            }
            if (!Objects.equals(parts.parts().get("contract"), opened.contract())) {
                changed.add("contract");
            }
        });
        if (changed.isEmpty() && reference.isPresent() && !reference.get().equals(parts.digest())) {
            changed.add("a part that the approval does not name");
        }
        return changed;
    }
}
