package dev.railiance;

import dev.railiance.projection.LedgerView;
import dev.railiance.promotion.Mandate;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When nothing is promoted: by the contract that a promotion was opened under, and by that in production where it would change
 * it. What a kept contract says that cannot be read is not known: it closes.
 */
final class FreezeWindows {

    private FreezeWindows() {}

    /** A window that is open and not overridden. */
    static Optional<String> closing(LedgerView ledger, Promotion promotion, PromotionCommand command, Instant now) {
        return promotion.opening().stream()
                .flatMap(opened -> Stream.concat(
                                Stream.of(opened.contract()), opened.mandate().map(Mandate::contract).stream())
                        .flatMap(contract -> ContractPolicy.inForce(ledger, contract, opened).stream()))
                .flatMap(policy -> policy.freeze(command, promotion.approvals(), now).stream())
                .findFirst();
    }
}
