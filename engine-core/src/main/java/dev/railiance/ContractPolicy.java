package dev.railiance;

import dev.railiance.contract.AppContract;
import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Digest;
import dev.railiance.replay.Policy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

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
            case Contract.Valid valid -> Outcome.done(of(valid.contract(), new Digest(valid.digest())));
        };
    }

    /**
     * The policy that a contract's text declares, without the repository that it lay in.
     *
     * @return empty if it is no contract that this version can read
     */
    public static Optional<Policy> of(String text) {
        return new ContractReader()
                .declared(text)
                .map(contract -> of(contract, Digest.of(text.getBytes(StandardCharsets.UTF_8))));
    }

    static Policy of(AppContract contract, Digest digest) {
        return new Policy(ContractFacts.target(contract), digest, ContractFacts.rules(contract), contract.freeze());
    }
}
