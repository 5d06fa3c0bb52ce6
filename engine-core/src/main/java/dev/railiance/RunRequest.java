package dev.railiance;

import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.stage1.ValidationListener;
import java.nio.file.Path;

/**
 * Stage 1 of a repository, to be carried out.
 *
 * @param repository the directory that the contract's paths are relative to
 * @param contract the contract's file
 * @param cancellation ends the work early; what happened is recorded all the same
 * @param listener is told which step runs
 * @param output receives what commands and target print; none of it is kept
 */
public record RunRequest(
        Path repository, Path contract, Cancellation cancellation, ValidationListener listener, OutputSink output) {

    /** A request for {@code railiance/app.toml} of a repository, with nobody watching. */
    public static RunRequest of(Path repository) {
        return new RunRequest(
                repository,
                repository.resolve("railiance").resolve("app.toml"),
                new Cancellation(),
                ValidationListener.NONE,
                OutputSink.NONE);
    }
}
