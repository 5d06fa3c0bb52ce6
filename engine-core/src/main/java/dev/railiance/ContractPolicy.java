package dev.railiance;

import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Digest;
import dev.railiance.replay.Policy;
import java.nio.file.Path;

/** The policy that a contract declares, for deciding a history again under it. */
public final class ContractPolicy {

    private ContractPolicy() {}

    /**
     * Reads it.
     *
     * @param contract the file
     * @param repository the directory that the contract's paths are relative to
     * @return the policy, or why the contract does not hold
     */
    public static Outcome<Policy> read(Path contract, Path repository) {
        return switch (new ContractReader().read(contract, repository)) {
            case Contract.Invalid invalid -> Outcome.notDone(ContractFailures.of(invalid));
            case Contract.Valid valid ->
                Outcome.done(new Policy(
                        ContractFacts.target(valid.contract()),
                        new Digest(valid.digest()),
                        ContractFacts.rules(valid.contract()),
                        valid.contract().freeze()));
        };
    }
}
