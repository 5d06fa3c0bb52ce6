package dev.railiance.stage2;

import dev.railiance.effect.ClusterExamination;
import dev.railiance.effect.Deployer;
import dev.railiance.effect.Deployer.Deployment;
import dev.railiance.effect.Mark;
import dev.railiance.effect.Prerequisite;
import dev.railiance.effect.ReleaseState;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes plans of Stage 2: asks ledger, repository and cluster, and changes none of them. */
public final class Planning {

    /** Stands for the promotion and the attempt that a plan does not have yet. */
    private static final String NOT_YET = "00000000-0000-0000-0000-000000000000";

    private final CanaryDesign design;
    private final Deployer deployer;

    /** A planning for one canary. */
    public Planning(CanaryDesign design, Deployer deployer) {
        this.design = design;
        this.deployer = deployer;
    }

    /**
     * How thorough a plan is.
     *
     * @param shown whether invocations and differences are wanted
     * @param byServer whether the API server is asked to check what would be applied
     */
    public record Depth(boolean shown, boolean byServer) {}

    /**
     * Makes a plan.
     *
     * @param freeze the name of a freeze window that is open and not overridden
     * @param local prerequisites that this machine answers for
     */
    public Stage2Plan plan(
            Known known,
            Artifact artifact,
            PlanDigests digests,
            Optional<String> freeze,
            Instant now,
            List<Prerequisite> local,
            Depth depth) {
        boolean pinned = design.contract().artifact().policy() == dev.railiance.contract.Artifact.Policy.DIGEST_PINNED;
        List<Prerequisite> prerequisites =
                new ArrayList<>(new LedgerPrerequisites(known, artifact, pinned, digests.plan(), freeze, now).all());
        ClusterExamination examined = deployer.examine(ClusterQuestions.of(design, 2));
        prerequisites.addAll(examined.prerequisites());
        prerequisites.addAll(local);
        if (examined.answers()) {
            var releases = new ReleasePrerequisites(design, known, deployer.place());
            List<String> ours =
                    design.weighted() ? List.of(design.canary(), design.routing()) : List.of(design.canary());
            List<String> names = new ArrayList<>(List.of(design.stable()));
            names.addAll(ours);
            List<Outcome<ReleaseState>> states = deployer.states(names);
            prerequisites.add(releases.stable(states.getFirst()));
            for (int i = 0; i < ours.size(); i++) {
                prerequisites.add(releases.ours(ours.get(i), states.get(i + 1)));
            }
        }
        List<Deployment> deployments = deployments(known, artifact);
        Optional<List<ObjectChange>> diff =
                changes(deployments, new Charts(deployer, depth, examined.answers()), prerequisites);
        return new Stage2Plan(
                digests,
                prerequisites,
                examined.tools(),
                examined.context(),
                depth.shown()
                        ? deployments.stream()
                                .flatMap(deployment -> deployer.invocations(deployment).stream())
                                .toList()
                        : List.of(),
                diff,
                known);
    }

    private List<Deployment> deployments(Known known, Artifact artifact) {
        PromotionId promotion = known.promotion().map(Promotion::id).orElseGet(() -> new PromotionId(NOT_YET));
        AttemptId attempt = new AttemptId(NOT_YET);
        List<Deployment> all = new ArrayList<>();
        all.add(design.canary(new Mark(promotion, attempt, artifact.digest(), 0), attempt, OptionalInt.empty()));
        design.steps()
                .forEach(step ->
                        all.add(design.routing(new Mark(promotion, attempt, artifact.digest(), step.weight()))));
        return all;
    }

    private static Optional<List<ObjectChange>> changes(
            List<Deployment> deployments, Charts charts, List<Prerequisite> prerequisites) {
        var changes = new ArrayList<ObjectChange>();
        var seen = new HashSet<String>();
        boolean known = true;
        for (Deployment deployment : deployments) {
            if (seen.add(deployment.release())) {
                Optional<List<ObjectChange>> these = charts.changes(deployment, prerequisites);
                these.ifPresent(changes::addAll);
                known &= these.isPresent();
            }
        }
        return known ? Optional.of(List.copyOf(changes)) : Optional.empty();
    }
}
