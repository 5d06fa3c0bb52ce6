package dev.railiance;

import dev.railiance.projection.LedgerView;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Mandate;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.replay.Policy;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When nothing is promoted: by the contract that a promotion was opened under, and by that in production where it would change
 * it. What a kept contract says that cannot be read is not known: it closes.
 */
final class FreezeWindows {

    private static final String UNKNOWN = "of a contract that this version of Railiance cannot read";

    private FreezeWindows() {}

    /** A window that is open and not overridden. */
    static Optional<String> closing(LedgerView ledger, Promotion promotion, PromotionCommand command, Instant now) {
        return promotion.opening().stream()
                .flatMap(opened ->
                        Stream.concat(Stream.of(opened.contract()), opened.mandate().map(Mandate::contract).stream()))
                .flatMap(contract -> closing(ledger, contract, promotion, command, now).stream())
                .findFirst();
    }

    private static Optional<String> closing(
            LedgerView ledger, Digest contract, Promotion promotion, PromotionCommand command, Instant now) {
        Optional<Policy> policy = ContractPolicy.kept(ledger, contract);
        return policy.isEmpty() && ledger.kept(contract.value()).isPresent()
                ? Optional.of(UNKNOWN)
                : policy.flatMap(known -> known.freeze(command, promotion.approvals(), now));
    }
}
