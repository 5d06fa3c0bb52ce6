package dev.railiance.contract;

import java.util.List;
import java.util.Optional;

/**
 * Where the source is.
 *
 * @param upstream the overlay's upstream file, relative to the repository; always present for a third-party application
 * @param exclude outside git only: glob patterns, relative to the repository, of files that are no part of the source
 */
public record Source(
        Optional<String> repository, Optional<String> revision, Optional<String> upstream, List<String> exclude) {

    public Source {
        exclude = List.copyOf(exclude);
    }
}
