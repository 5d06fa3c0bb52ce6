package dev.railiance.examples;

import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.Query;
import java.nio.file.Path;

/** Runs Stage 1 of the repository that is its argument, and prints where its promotion stands. */
public final class RunStageOne {

    private RunStageOne() {}

    public static void main(String[] arguments) {
        Path repository = Path.of(arguments.length == 0 ? "." : arguments[0]);
        try (PromotionEngine engine = PromotionEngine.open(LedgerLocation.of(repository))) {
            Outcome<StatusRow> status = engine.run(RunRequest.of(repository))
                    .then(result -> engine.query(Query.status(result.promotionId())));
            switch (status) {
                case Outcome.Done<StatusRow> done ->
                    System.out.println(
                            done.value().phase() + ": " + done.value().summary());
                case Outcome.NotDone<StatusRow> not -> explain(not.failure());
            }
        }
    }

    private static void explain(Failure failure) {
        System.out.println(failure.code() + ": " + failure.message() + "\n  next: " + failure.hint());
    }
}
