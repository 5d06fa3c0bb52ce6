package dev.railiance;

import dev.railiance.contract.AppContract;
import dev.railiance.contract.ContractReader;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Promotion;
import dev.railiance.stage2.CanaryDesign;
import java.nio.file.Path;

/** The design by the contract that a promotion was opened under, whatever the repository says now. */
final class RecordedDesign {

    private RecordedDesign() {}

    static Outcome<CanaryDesign> of(PromotionEngine engine, Promotion promotion, Path repository) {
        return engine.query(view -> Outcome.done(
                        view.kept(promotion.opening().orElseThrow().contract().value())))
                .then(text -> text.<Outcome<String>>map(Outcome::done)
                        .orElseGet(() -> Outcome.notDone(new Failure(
                                Code.LEDGER_DAMAGED,
                                "the contract of promotion " + promotion.id() + " is not in the ledger",
                                "railiance audit verify"))))
                .then(kept -> new ContractReader()
                        .declared(kept)
                        .<Outcome<AppContract>>map(Outcome::done)
                        .orElseGet(() -> Outcome.notDone(new Failure(
                                Code.CONTRACT_INVALID,
                                "this version of Railiance cannot read the contract of promotion " + promotion.id(),
                                "use the version that opened it"))))
                .then(contract -> contract.deploy()
                        .<Outcome<CanaryDesign>>map(
                                deploy -> Outcome.done(new CanaryDesign(repository.toAbsolutePath(), contract, deploy)))
                        .orElseGet(() -> Outcome.notDone(new Failure(
                                Code.DEPLOY_NOT_DECLARED,
                                "the contract of promotion " + promotion.id() + " declares no deployment",
                                "declare one in [deploy], then railiance validate"))));
    }
}
