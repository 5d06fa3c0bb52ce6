package dev.railiance;

import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Mandate;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** When nothing is promoted: by the contract that a promotion was opened under, and by that in production where it would change it. */
final class FreezeWindows {

    private FreezeWindows() {}

    /**
     * A window that is open and not overridden.
     *
     * @param kept the text of a contract by its digest
     */
    static Optional<String> closing(
            Promotion promotion, PromotionCommand command, Instant now, Function<String, Optional<String>> kept) {
        return promotion.opening().stream()
                .flatMap(opened ->
                        Stream.concat(Stream.of(opened.contract()), opened.mandate().map(Mandate::contract).stream()))
                .map(Digest::value)
                .flatMap(digest -> kept.apply(digest).flatMap(ContractPolicy::of).stream())
                .flatMap(policy -> policy.freeze(command, promotion.approvals(), now).stream())
                .findFirst();
    }
}
