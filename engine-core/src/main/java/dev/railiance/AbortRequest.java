package dev.railiance;

import dev.railiance.process.Cancellation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A promotion to be given up, with all that is deployed of it taken away.
 *
 * @param repository where the chart lies
 * @param promotion its id, or the beginning of one; the latest when empty
 * @param apply whether it is done, rather than said
 * @param reason why, for the record
 * @param context of the kubeconfig; its current one when empty
 * @param progress is told in a line what happens
 */
public record AbortRequest(
        Path repository,
        Optional<String> promotion,
        boolean apply,
        String reason,
        Optional<String> context,
        Cancellation cancellation,
        Consumer<String> progress) {
    /** The command line that asks for it again. */
    String command() {
        return "railiance abort" + promotion.map(id -> " " + id).orElse("") + (apply ? " --apply" : "");
    }
}
