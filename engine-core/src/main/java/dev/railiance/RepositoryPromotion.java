package dev.railiance;

import dev.railiance.contract.ContractReader;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the promotion that somebody means who stands in a repository: one of its own target. A ledger is shared by many apps, and
 * another one's canary is not to be touched with the files of this one.
 */
final class RepositoryPromotion {

    /** How many of the latest promotions are looked through. */
    private static final int LATEST = 1_000;

    private RepositoryPromotion() {}

    /**
     * The promotion.
     *
     * @param repository without a contract that can be read, any promotion will do
     * @param named its id, or the beginning of one; else the one that holds the target, else the latest on it that was
     *     not replaced
     */
    static Query<StatusRow> of(Path repository, Optional<String> named) {
        Optional<Target> target = target(repository);
        if (named.isPresent()) {
            return view -> Query.status(named.get()).answer(view).then(row -> fitting(row, target));
        }
        return target.map(RepositoryPromotion::on).orElseGet(Query::latestStatus);
    }

    private static Outcome<StatusRow> fitting(StatusRow row, Optional<Target> target) {
        return target.isEmpty() || target.get().equals(row.target())
                ? Outcome.done(row)
                : Outcome.notDone(new Failure(
                        Code.USAGE,
                        "promotion " + row.promotion() + " is of " + row.target() + ", while the contract here is of "
                                + target.get(),
                        "railiance status " + row.promotion()));
    }

    private static Query<StatusRow> on(Target target) {
        return view -> view.holder(target)
                .flatMap(view::status)
                .or(() -> latest(view.statuses(LATEST).stream()
                        .filter(row -> row.target().equals(target))
                        .toList()))
                .<Outcome<StatusRow>>map(Outcome::done)
                .orElseGet(() -> Outcome.notDone(new Failure(
                        Code.PROMOTION_NOT_FOUND, "no promotion of " + target + " is recorded", "railiance run")));
    }

    /** That one was replaced is recorded after what replaced it. */
    private static Optional<StatusRow> latest(List<StatusRow> rows) {
        return rows.stream()
                .filter(row -> row.phase() != Phase.SUPERSEDED)
                .findFirst()
                .or(() -> rows.stream().findFirst());
    }

    private static Optional<Target> target(Path repository) {
        try {
            String text = Files.readString(repository.resolve("railiance").resolve("app.toml"));
            return new ContractReader().declared(text).map(ContractFacts::target);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
