package dev.railiance;

import dev.railiance.contract.AppContract;
import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LatestUsed;
import dev.railiance.projection.LedgerView;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.replay.Policy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** The policy that a contract declares, for deciding a history again under it. */
public final class ContractPolicy {

    private static final int CONTRACTS = 64;
    private static final Map<Digest, Optional<Policy>> READ = Collections.synchronizedMap(new LatestUsed<>(CONTRACTS));

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
     * The policy that a contract's text declares, without the repository that it lay in. The latest ones are remembered: reading
     * one takes longer than deciding by it.
     *
     * @return empty if it is no contract that this version can read
     */
    public static Optional<Policy> of(String text) {
        return of(text, Digest.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<Policy> of(String text, Digest digest) {
        Optional<Policy> known = READ.get(digest);
        if (known != null) {
            return known;
        }
        Optional<Policy> read = new ContractReader().declared(text).map(contract -> of(contract, digest));
        READ.put(digest, read);
        return read;
    }

    /**
     * The policy of a contract that a ledger keeps. What has this digest is the same everywhere and forever: a ledger is asked for
     * it once.
     */
    private static Optional<Policy> kept(LedgerView ledger, Digest contract) {
        Optional<Policy> known = READ.get(contract);
        return known != null ? known : ledger.kept(contract.value()).flatMap(ContractPolicy::of);
    }

    /**
     * The policy of a contract as it holds for a promotion: what is kept and cannot be read lets nothing begin.
     *
     * @return empty if the contract is not kept
     */
    static Optional<Policy> inForce(LedgerView ledger, Digest contract, PromotionOpened opened) {
        return kept(ledger, contract)
                .or(() -> ledger.kept(contract.value())
                        .map(text -> Policy.unreadable(opened.target(), contract, opened.rules())));
    }

    static Policy of(AppContract contract, Digest digest) {
        return new Policy(ContractFacts.target(contract), digest, ContractFacts.rules(contract), contract.freeze());
    }
}
