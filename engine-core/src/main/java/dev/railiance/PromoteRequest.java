package dev.railiance;

import dev.railiance.DeployRequest.Mode;
import dev.railiance.process.Cancellation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A promotion to production, to be planned or carried out.
 *
 * @param promotion its id, or the beginning of one; that of the repository when empty
 * @param repository the directory that the contract's paths are relative to
 * @param contract the contract's file
 * @param context of the kubeconfig; its current one when empty
 * @param cancellation ends the work early; what was begun is carried on by the next call
 * @param progress is told in a line what happens
 */
public record PromoteRequest(
        Optional<String> promotion,
        Path repository,
        Path contract,
        Mode mode,
        Optional<String> context,
        Cancellation cancellation,
        Consumer<String> progress) {

    /** A request for {@code railiance/app.toml} of a repository, with nobody watching. */
    public static PromoteRequest of(Path repository, Mode mode) {
        return new PromoteRequest(
                Optional.empty(),
                repository,
                repository.resolve("railiance").resolve("app.toml"),
                mode,
                Optional.empty(),
                new Cancellation(),
                line -> {});
    }

    DeployRequest subject() {
        return new DeployRequest(repository, contract, mode, false, context, cancellation, progress);
    }

    /** The command line that asks for it again. */
    String command() {
        return "railiance promote" + promotion.map(id -> " " + id).orElse("") + mode.option();
    }
}
