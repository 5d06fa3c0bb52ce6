package dev.railiance;

import dev.railiance.process.Cancellation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A canary to be observed.
 *
 * @param repository that the contract's paths are relative to
 * @param promotion its id, or the beginning of one; the latest when empty
 * @param live whether cluster and metrics are asked, rather than the ledger alone
 * @param context of the kubeconfig; its current one when empty
 * @param progress is told in a line what happens
 */
public record ObserveRequest(
        Path repository,
        Optional<String> promotion,
        boolean live,
        Optional<String> context,
        Cancellation cancellation,
        Consumer<String> progress) {
    /** The command line that asks for it again. */
    String command() {
        return "railiance observe" + promotion.map(id -> " " + id).orElse("") + (live ? " --live" : "");
    }
}
