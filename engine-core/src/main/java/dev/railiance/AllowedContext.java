package dev.railiance;

import dev.railiance.effect.Deployer;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.process.ShellWord;
import dev.railiance.stage2.CanaryDesign;
import java.util.List;

/**
 * Nothing is asked of a cluster that the contract does not allow, and nothing is concluded from it: that a canary is not there
 * proves nothing where it never was. Plans have this as a prerequisite; other verbs ask it before they begin.
 */
final class AllowedContext {

    private AllowedContext() {}

    /** The same deployer, where the contract names no contexts or this one. */
    static Outcome<Deployer> of(CanaryDesign design, Deployer deployer) {
        List<String> allowed = design.deploy().contexts();
        return allowed.isEmpty()
                ? Outcome.done(deployer)
                : deployer.context()
                        .then(context -> allowed.contains(context)
                                ? Outcome.done(deployer)
                                : Outcome.notDone(new Failure(
                                        Code.PREREQUISITES_NOT_MET,
                                        "the context is " + context + ", which is not one that the contract allows: "
                                                + String.join(", ", allowed),
                                        // The current one is not what counts where another was named.
                                        deployer.place().context().isPresent()
                                                ? ""
                                                : "kubectl config use-context " + ShellWord.of(allowed.getFirst()))));
    }
}
