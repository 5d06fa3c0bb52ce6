package dev.railiance.replay;

import dev.railiance.ledger.LedgerSession;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.StartCanary;
import dev.railiance.promotion.PromotionCommand.StartPromote;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what is decided again and collects what comes out otherwise. */
final class ReplayTally {

    private final Optional<PromotionId> only;
    private final Optional<Policy> policy;
    private final List<Flip> flips = new ArrayList<>();
    private final Map<Target, Long> leftOut = new TreeMap<>(Comparator.comparing(Target::toString));
    private long events;
    private long promotions;
    private long decisions;
    private long underPolicy;
    private long starts;
    private long notFollowed;

    ReplayTally(Optional<PromotionId> only, Optional<Policy> policy) {
        this.only = only;
        this.policy = policy;
    }

    void event(Recorded recorded) {
        events++;
        if (recorded.event() instanceof PromotionOpened opened) {
            promotions++;
            if (policy.isPresent() && !policy.get().target().equals(opened.target())) {
                leftOut.merge(opened.target(), 1L, Long::sum);
            }
        }
    }

    void decided(PromotionCommand command) {
        decisions++;
        if (command instanceof StartCanary || command instanceof StartPromote) {
            starts++;
        }
    }

    void decidedUnderPolicy() {
        underPolicy++;
    }

    /** An event after the point from which its promotion's history cannot be followed. */
    void notFollowed(boolean counts) {
        notFollowed += counts ? 1 : 0;
    }

    void flip(Flip flip) {
        flips.add(flip);
    }

    ReplayReport report(LedgerSession.Head head) {
        boolean broken = flips.stream().anyMatch(flip -> flip.under().equals(Flip.RECORDED));
        return new ReplayReport(
                ReplayReport.SCHEMA,
                broken
                        ? ReplayReport.Outcome.IMPOSSIBLE
                        : flips.isEmpty() ? ReplayReport.Outcome.UNCHANGED : ReplayReport.Outcome.FLIPPED,
                only.map(PromotionId::value),
                policy.map(ReplayReport.Under::of),
                ReplayReport.Ledger.of(head),
                events,
                promotions,
                new ReplayReport.Decisions(
                        decisions,
                        policy.map(other -> underPolicy),
                        count(Flip.RECORDED),
                        policy.map(other -> count(Flip.POLICY)),
                        starts,
                        notFollowed),
                leftOut.entrySet().stream()
                        .map(entry -> new ReplayReport.LeftOut(
                                entry.getKey().app(), entry.getKey().environment(), entry.getValue()))
                        .toList(),
                flips);
    }

    private long count(String under) {
        return flips.stream().filter(flip -> flip.under().equals(under)).count();
    }
}
