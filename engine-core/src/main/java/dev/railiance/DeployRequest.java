package dev.railiance;

import dev.railiance.process.Cancellation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stage 2 of a repository, to be planned or carried out.
 *
 * @param repository the directory that the contract's paths are relative to
 * @param contract the contract's file
 * @param follow whether every step is taken, each when it is due, rather than the next one alone
 * @param context of the kubeconfig; its current one when empty
 * @param cancellation ends the work early; what was begun is carried on by the next call
 * @param progress is told in a line what happens
 */
public record DeployRequest(
        Path repository,
        Path contract,
        Mode mode,
        boolean follow,
        Optional<String> context,
        Cancellation cancellation,
        Consumer<String> progress) {

    /** How far it goes. */
    public enum Mode {
        /** Says what would be done. */
        PLAN(""),
        /** The same, with the API server asked to check it. */
        DRY_RUN(" --dry-run"),
        /** Does it. */
        APPLY(" --apply");

        private final String option;

        Mode(String option) {
            this.option = option;
        }

        /** How a command line asks for it: nothing, or an option after a blank. */
        String option() {
            return option;
        }
    }

    /** A request for {@code railiance/app.toml} of a repository, with nobody watching. */
    public static DeployRequest of(Path repository, Mode mode) {
        return new DeployRequest(
                repository,
                repository.resolve("railiance").resolve("app.toml"),
                mode,
                false,
                Optional.empty(),
                new Cancellation(),
                line -> {});
    }

    /** The command line that asks for it again. */
    String command() {
        return "railiance deploy --stage 2" + mode.option();
    }
}
