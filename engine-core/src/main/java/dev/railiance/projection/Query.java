package dev.railiance.projection;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.StatusRow;
import dev.railiance.promotion.PromotionId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A question to the ledger. Those that people ask are here; an embedder may write others.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface Query<T> {

    /** The answer, read in one go. */
    Outcome<T> answer(LedgerView ledger);

    /** The promotion that changed last. */
    static Query<StatusRow> latestStatus() {
        return ledger -> ledger.statuses(1).stream()
                .findFirst()
                .<Outcome<StatusRow>>map(Outcome::done)
                .orElseGet(() -> Outcome.notDone(nothingRecorded()));
    }

    /** Every promotion, the latest change first, at most {@code limit}. */
    static Query<List<StatusRow>> statuses(int limit) {
        return ledger -> Outcome.done(ledger.statuses(limit));
    }

    /** The promotion of this id, or the only one whose id begins so. */
    static Query<StatusRow> status(String idOrPrefix) {
        return ledger -> {
            if (!idOrPrefix.matches("[0-9a-f][0-9a-f-]{3,35}")) {
                return Outcome.notDone(new Failure(
                        Code.USAGE,
                        "a promotion id, or at least the first 4 characters of one, is wanted",
                        "railiance status --all"));
            }
            List<StatusRow> found = ledger.statusesByPrefix(idOrPrefix, 2);
            return switch (found.size()) {
                case 0 ->
                    Outcome.notDone(new Failure(
                            Code.PROMOTION_NOT_FOUND,
                            "no promotion " + idOrPrefix + " in this ledger",
                            "railiance status --all"));
                case 1 -> Outcome.done(found.getFirst());
                default ->
                    Outcome.notDone(new Failure(
                            Code.USAGE, "more than one promotion begins with " + idOrPrefix, "railiance status --all"));
            };
        };
    }

    /** All that happened to a promotion. */
    static Query<AuditTrail> trail(PromotionId promotion) {
        return known(promotion, ledger -> ledger.trail(promotion));
    }

    /** What Stage 1 found when it last ended. */
    static Query<RunResult> runResult(PromotionId promotion) {
        return known(promotion, ledger -> RunResult.of(ledger.events(promotion)));
    }

    /** How software was delivered. */
    static Query<Statistics> statistics(Statistics.Scope scope) {
        return ledger -> {
            var log = new DeliveryLog(scope, ledger.codec());
            ledger.scan(log::read);
            return Outcome.done(log.statistics());
        };
    }

    private static <T> Query<T> known(PromotionId promotion, Function<LedgerView, Optional<T>> view) {
        return ledger -> view.apply(ledger)
                .<Outcome<T>>map(Outcome::done)
                .orElseGet(() -> Outcome.notDone(new Failure(
                        Code.PROMOTION_NOT_FOUND,
                        "nothing of that kind is recorded for promotion " + promotion,
                        "railiance status --all")));
    }

    /** What is said of a ledger without promotions. */
    static Failure nothingRecorded() {
        return new Failure(Code.PROMOTION_NOT_FOUND, "no promotion is recorded in this ledger yet", "railiance run");
    }
}
