package dev.railiance;

import dev.railiance.process.Cancellation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A rollback, to be planned or carried out.
 *
 * @param promotion the id of what is taken back, or the beginning of one; what is in flight on the repository's target, else
 *     what is in production there, when empty
 * @param repository where the chart lies
 * @param contract the contract's file, which names the target where no promotion is named
 * @param apply whether it is done, rather than said
 * @param revision of the release to go back to; the one that the ledger recorded when empty
 * @param reason why, for the record
 * @param context of the kubeconfig; its current one when empty
 * @param cancellation ends the work early; what was begun is carried on by the next call
 * @param progress is told in a line what happens
 */
public record RollbackRequest(
        Optional<String> promotion,
        Path repository,
        Path contract,
        boolean apply,
        Optional<Integer> revision,
        String reason,
        Optional<String> context,
        Cancellation cancellation,
        Consumer<String> progress) {

    /** A request for {@code railiance/app.toml} of a repository, with nobody watching. */
    public static RollbackRequest of(Path repository, boolean apply) {
        return new RollbackRequest(
                Optional.empty(),
                repository,
                repository.resolve("railiance").resolve("app.toml"),
                apply,
                Optional.empty(),
                "asked for",
                Optional.empty(),
                new Cancellation(),
                line -> {});
    }

    /** The command line that asks for it again. */
    String command() {
        return "railiance rollback"
                + promotion.map(id -> " " + id).orElse("")
                + (apply ? " --apply" : "")
                + revision.map(number -> " --revision " + number).orElse("");
    }
}
