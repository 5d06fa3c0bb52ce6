package dev.railiance.replay;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import dev.railiance.statemachine.SpringTransitions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** Questions about decisions that were made. */
public final class Replays {

    private Replays() {}

    /**
     * Decides a history again. A policy for a target that none of it is about is refused: it would seem to change nothing.
     *
     * @param only one promotion; empty: all
     * @param policy beside the recorded rules; empty: these alone
     */
    public static Query<ReplayReport> replay(Optional<PromotionId> only, Optional<Policy> policy) {
        return ledger -> {
            var redecision = new Redecision(new SpringTransitions(), only, policy);
            EventCodec codec = ledger.codec();
            var end = new AtomicReference<>(Head.EMPTY);
            ledger.scan(stored -> {
                redecision.read(recorded(stored, codec));
                // Not the ledger's own word: on a shared one, somebody may append while this is read.
                end.set(new Head(stored.position(), stored.seal().ledger()));
            });
            return end.get().equals(Head.EMPTY)
                    ? Outcome.notDone(Query.nothingRecorded())
                    : about(only, policy, redecision.report(end.get()));
        };
    }

    private static Outcome<ReplayReport> about(
            Optional<PromotionId> only, Optional<Policy> policy, ReplayReport report) {
        long leftOut = report.leftOut().stream()
                .mapToLong(ReplayReport.LeftOut::promotions)
                .sum();
        if (policy.isEmpty() || leftOut < report.promotions() || report.outcome() == ReplayReport.Outcome.IMPOSSIBLE) {
            return Outcome.done(report);
        }
        Target target = policy.get().target();
        return Outcome.notDone(new Failure(
                Code.PROMOTION_NOT_FOUND,
                "the policy is for " + target.app() + " to " + target.environment() + ": "
                        + only.map(id -> "promotion " + id + " is not").orElse("nothing in this ledger is about that"),
                "railiance status --all"));
    }

    /**
     * Explains one event of a promotion.
     *
     * @param promotion which
     * @param sequence of the event; empty: the last one
     */
    public static Query<Explanation> explain(PromotionId promotion, OptionalLong sequence) {
        return ledger -> {
            List<StoredEvent> history = ledger.history(promotion);
            if (history.isEmpty()) {
                return Outcome.notDone(new Failure(
                        Code.PROMOTION_NOT_FOUND,
                        "no promotion " + promotion + " in this ledger",
                        "railiance status --all"));
            }
            Optional<Failure> hole = hole(promotion, history);
            if (hole.isPresent()) {
                return Outcome.notDone(hole.get());
            }
            long last = history.getLast().sequence();
            long at = sequence.orElse(last);
            if (at < 0 || at > last) {
                return Outcome.notDone(new Failure(
                        Code.EVENT_NOT_FOUND,
                        "promotion " + promotion + " has no event " + at + ": they go from 0 to " + last,
                        "railiance history " + promotion));
            }
            Target target = Promotion.of(List.of(ledger.codec().decode(history.getFirst())))
                    .target();
            var explainer = new Explainer(new SpringTransitions(), ledger.codec(), new TargetHolders(ledger, target));
            return Outcome.done(explainer.explain(history, Math.toIntExact(at)));
        };
    }

    private static Optional<Failure> hole(PromotionId promotion, List<StoredEvent> history) {
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).sequence() != i) {
                return Optional.of(new Failure(
                        Code.LEDGER_DAMAGED,
                        "event " + i + " of promotion " + promotion + " is not in the ledger any more",
                        "railiance audit verify"));
            }
        }
        return Optional.empty();
    }

    private static Recorded recorded(StoredEvent stored, EventCodec codec) {
        return new Recorded(stored.position(), stored.promotion(), stored.sequence(), codec.decode(stored));
    }
}
