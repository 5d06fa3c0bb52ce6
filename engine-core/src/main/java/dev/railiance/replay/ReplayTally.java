package dev.railiance.replay;

import dev.railiance.ledger.LedgerSession;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.EvaluateGate;
import dev.railiance.promotion.PromotionCommand.RecordValidation;
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
    private long verdicts;
    private long notFollowed;
    private long flippedRecorded;
    private long flippedPolicy;

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

    void decidedUnderPolicy(PromotionCommand command) {
        underPolicy++;
        if (command instanceof EvaluateGate || command instanceof RecordValidation) {
            verdicts++;
        }
    }

    /** An event after the point from which its promotion's history cannot be followed. */
    void notFollowed(boolean counts) {
        notFollowed += counts ? 1 : 0;
    }

    void flip(Flip flip) {
        long before = flip.under().equals(Flip.RECORDED) ? flippedRecorded++ : flippedPolicy++;
        if (before < ReplayReport.LISTED) {
            flips.add(flip);
        }
    }

    ReplayReport report(LedgerSession.Head head) {
        return new ReplayReport(
                ReplayReport.SCHEMA,
                outcome(),
                only.map(PromotionId::value),
                policy.map(ReplayReport.Under::of),
                ReplayReport.Ledger.of(head),
                events,
                promotions,
                new ReplayReport.Decisions(
                        decisions,
                        policy.map(other -> underPolicy),
                        flippedRecorded,
                        policy.map(other -> flippedPolicy),
                        starts,
                        policy.map(other -> verdicts),
                        notFollowed),
                leftOut.entrySet().stream()
                        .map(entry -> new ReplayReport.LeftOut(
                                entry.getKey().app(), entry.getKey().environment(), entry.getValue()))
                        .toList(),
                flips,
                flippedRecorded + flippedPolicy - flips.size());
    }

    private ReplayReport.Outcome outcome() {
        if (flippedRecorded > 0) {
            return ReplayReport.Outcome.IMPOSSIBLE;
        }
        return flippedPolicy > 0 ? ReplayReport.Outcome.FLIPPED : ReplayReport.Outcome.UNCHANGED;
    }
}
