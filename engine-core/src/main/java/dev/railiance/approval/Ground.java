package dev.railiance.approval;

import dev.railiance.contract.Approval;
import dev.railiance.contract.ContractReader;
import dev.railiance.contract.Freeze;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.projection.LedgerView;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Mandate;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Rules.ApprovalRule;
import dev.railiance.replay.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What approvals of a promotion are judged by, as the ledger has it.
 *
 * @param promotion as it stands
 * @param history its events
 * @param signersName the name of the signers file in the repository
 * @param kept the signers that count, where the ledger has them
 * @param policies the contracts whose freeze windows count
 */
record Ground(
        Promotion promotion,
        List<PromotionEvent> history,
        String signersName,
        Optional<KeptDocument> kept,
        List<Policy> policies) {

    private static final String USUAL_SIGNERS = "railiance/allowed_signers";

    Ground {
        history = List.copyOf(history);
        policies = List.copyOf(policies);
    }

    /** Reads it. */
    static Ground of(LedgerView ledger, PromotionId id, Function<String, Optional<Policy>> contracts) {
        List<PromotionEvent> history = ledger.events(id);
        Promotion promotion = Promotion.of(history);
        PromotionOpened opened = promotion.opening().orElseThrow();
        Optional<Digest> mandate = opened.mandate().map(Mandate::contract);
        Optional<Digest> signers = opened.mandate().flatMap(Mandate::signers).or(opened::signers);
        return new Ground(
                promotion,
                history,
                ledger.kept(opened.contract().value())
                        .flatMap(text -> new ContractReader().declared(text))
                        .map(declared -> declared.approval())
                        .map(Approval::signers)
                        .orElse(USUAL_SIGNERS),
                signers.flatMap(
                        digest -> ledger.kept(digest.value()).map(text -> new KeptDocument(digest.value(), text))),
                Stream.concat(Stream.of(opened.contract()), mandate.stream())
                        .flatMap(digest -> ledger.kept(digest.value()).stream()
                                .map(text -> contracts
                                        .apply(text)
                                        .orElseGet(() -> Policy.unreadable(opened.target(), digest, opened.rules()))))
                        .toList());
    }

    PromotionId id() {
        return promotion.id();
    }

    ApprovalRule rule(Scope scope) {
        return promotion.approvalRule(scope);
    }

    Optional<Mandate> mandate() {
        return promotion.opening().flatMap(PromotionOpened::mandate);
    }

    /** The signers that count: never those that merely lie in the repository now, which anybody may have written. */
    Outcome<KeptDocument> signers() {
        return kept.map(Outcome::done)
                .orElseGet(() -> Outcome.notDone(new Failure(
                        Code.SIGNERS_UNREADABLE,
                        "promotion " + id() + ": nobody's signature can be checked: " + signersName
                                + " was not there or not readable when it was opened",
                        "railiance abort " + id() + " --apply")));
    }

    /** The freeze windows that are open. */
    List<Freeze> frozen(Instant now) {
        return policies.stream()
                .flatMap(policy -> policy.open(now).stream())
                .distinct()
                .toList();
    }
}
