package dev.railiance;

import dev.railiance.contract.Freeze;
import dev.railiance.projection.LedgerView;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Mandate;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Target;
import dev.railiance.replay.Policy;
import java.util.List;
import java.util.Optional;

/**
 * Nobody appoints himself: a promotion that would change who approves, whose signatures count, or when nothing is deployed is
 * approved as production asks for it now.
 */
final class ProductionRules {

    private ProductionRules() {}

    /**
     * The rules in production, where they are others than these.
     *
     * @param freezes the windows of the promotion's own contract, where they are known
     */
    static Optional<Mandate> mandate(
            LedgerView ledger, Target target, Rules rules, Optional<List<Freeze>> freezes, Optional<Digest> signers) {
        return ledger.inProduction(target).flatMap(id -> mandate(ledger, id, rules, freezes, signers));
    }

    private static Optional<Mandate> mandate(
            LedgerView ledger, PromotionId id, Rules rules, Optional<List<Freeze>> freezes, Optional<Digest> signers) {
        return Promotion.of(ledger.events(id))
                .opening()
                .filter(opened -> changes(ledger, opened, rules, freezes, signers))
                .map(opened -> new Mandate(
                        id,
                        opened.contract(),
                        opened.rules().critical(),
                        opened.rules().canary(),
                        opened.rules().production(),
                        opened.rules().rollback(),
                        // A promotion of an early format did not record its signers.
                        opened.signers().or(() -> signers)));
    }

    private static boolean changes(
            LedgerView ledger,
            PromotionOpened production,
            Rules rules,
            Optional<List<Freeze>> freezes,
            Optional<Digest> signers) {
        Rules there = production.rules();
        Optional<List<Freeze>> frozenThere = freezes(ledger, production.contract(), production);
        return there.critical() != rules.critical()
                || !there.canary().equals(rules.canary())
                || !there.production().equals(rules.production())
                || !there.rollback().equals(rules.rollback())
                || (production.signers().isPresent() && !production.signers().equals(signers))
                || (frozenThere.isPresent() && freezes.isPresent() && !frozenThere.equals(freezes));
    }

    /** Whether it matters for a command which rules are in production. */
    static boolean matterFor(PromotionCommand command) {
        return switch (command.trigger()) {
            case APPROVE_CANARY, START_CANARY, GRANT_APPROVAL, APPROVE, START_PROMOTE -> true;
            default -> false;
        };
    }

    /**
     * Whether other rules than those that a promotion was opened under hold now.
     *
     * @param production the promotion in production on its target
     */
    static boolean changed(LedgerView ledger, Promotion promotion, Optional<PromotionId> production) {
        return promotion
                .opening()
                .filter(opened -> !production.equals(Optional.of(opened.id())))
                .filter(opened -> changed(ledger, opened, production))
                .isPresent();
    }

    private static boolean changed(LedgerView ledger, PromotionOpened opened, Optional<PromotionId> production) {
        Optional<Mandate> now = production.flatMap(id ->
                mandate(ledger, id, opened.rules(), freezes(ledger, opened.contract(), opened), opened.signers()));
        return now.isPresent() != opened.mandate().isPresent()
                || !now.flatMap(is -> opened.mandate().map(was -> same(ledger, opened, is, was)))
                        .orElse(true);
    }

    private static boolean same(LedgerView ledger, PromotionOpened opened, Mandate is, Mandate was) {
        return is.asksAs(was) && freezes(ledger, is.contract(), opened).equals(freezes(ledger, was.contract(), opened));
    }

    private static Optional<List<Freeze>> freezes(LedgerView ledger, Digest contract, PromotionOpened opened) {
        return ContractPolicy.inForce(ledger, contract, opened).map(Policy::freezes);
    }
}
