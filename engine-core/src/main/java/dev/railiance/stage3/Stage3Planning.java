package dev.railiance.stage3;

import dev.railiance.effect.ClusterExamination;
import dev.railiance.effect.ClusterObject;
import dev.railiance.effect.ClusterQuestion;
import dev.railiance.effect.Deployer;
import dev.railiance.effect.Deployer.Deployment;
import dev.railiance.effect.Mark;
import dev.railiance.effect.Prerequisite;
import dev.railiance.effect.ReleaseState;
import dev.railiance.effect.ReleaseState.Condition;
import dev.railiance.effect.ReleaseState.Present;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Promotion;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Charts;
import dev.railiance.stage2.ClusterQuestions;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.ObjectChange;
import dev.railiance.stage2.Planning.Depth;
import dev.railiance.stage2.ReleasePrerequisites;
import dev.railiance.stage2.Stage2Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes plans of Stage 3, forth and back: asks the cluster, and changes nothing of it. */
public final class Stage3Planning {

    /** Stands for the attempt that a plan does not have yet. */
    private static final AttemptId NOT_YET = new AttemptId("00000000-0000-0000-0000-000000000000");

    private final CanaryDesign design;
    private final Deployer deployer;

    /** A planning for one release. */
    public Stage3Planning(CanaryDesign design, Deployer deployer) {
        this.design = design;
        this.deployer = deployer;
    }

    /**
     * The plan of a promotion.
     *
     * @param found prerequisites that were looked at already
     */
    public Stage3Plan promotion(Known known, PlanParts parts, List<Prerequisite> found, Depth depth) {
        Promotion promotion = known.promotion().orElseThrow();
        Deployment production = design.production(
                new Mark(promotion.id(), NOT_YET, promotion.artifact().digest(), 0));
        List<Prerequisite> prerequisites = new ArrayList<>(found);
        ClusterExamination examined = deployer.examine(ClusterQuestions.of(design, 3));
        prerequisites.addAll(examined.prerequisites());
        if (examined.answers()) {
            prerequisites.add(new ReleasePrerequisites(design, known, deployer.place())
                    .production(deployer.state(design.stable()), known.base()));
        }
        Optional<List<ObjectChange>> diff =
                new Charts(deployer, depth, examined.answers()).changes(production, prerequisites);
        return new Stage3Plan(
                parts,
                prerequisites,
                examined.tools(),
                examined.context(),
                depth.shown() ? deployer.invocations(production) : List.of(),
                diff);
    }

    /**
     * The plan of a rollback.
     *
     * @param known the promotion that is taken back
     * @param found prerequisites that were looked at already
     * @param target the state to go back to; empty where Helm has nothing to do with it
     */
    public Stage3Plan rollback(
            Known known,
            PlanParts parts,
            List<Prerequisite> found,
            Optional<PreviousRelease.Target> target,
            boolean shown) {
        List<Prerequisite> prerequisites = new ArrayList<>(found);
        ClusterExamination examined = deployer.examine(
                new ClusterQuestion(design.deploy().contexts(), List.of(), List.of(), Optional.empty(), false));
        prerequisites.addAll(examined.prerequisites());
        Optional<List<ObjectChange>> diff = Optional.empty();
        if (examined.answers() && target.isPresent()) {
            String name = "release " + design.stable();
            operation(known).ifPresent(prerequisites::add);
            Outcome<List<ClusterObject>> wanted = new PreviousRelease(design, deployer).objects(target.get());
            if (wanted instanceof Outcome.Done<List<ClusterObject>> done) {
                prerequisites.add(Prerequisite.met(
                        name,
                        target.get().nothing()
                                ? "there was none before the promotion: it is removed"
                                : "revision " + target.get().revision() + " is there"
                                        + (target.get().manifests().isPresent() ? ", as the ledger recorded it" : "")));
                diff = shown
                        ? new Charts(deployer, new Depth(true, false), true)
                                .against(design.stable(), done.value(), prerequisites)
                        : Optional.empty();
            } else if (wanted instanceof Outcome.NotDone<List<ClusterObject>> not) {
                prerequisites.add(Stage2Plan.of(name, not));
            }
        }
        return new Stage3Plan(parts, prerequisites, examined.tools(), examined.context(), List.of(), diff);
    }

    /** What somebody else began on the release and did not end; what was left by the promotion itself is cleared with it. */
    private Optional<Prerequisite> operation(Known known) {
        Promotion promotion = known.promotion().orElseThrow();
        return deployer.state(design.stable()) instanceof Outcome.Done<ReleaseState> done
                        && done.value() instanceof Present present
                        && present.condition() == Condition.PENDING
                        && !present.promotion().equals(Optional.of(promotion.id()))
                        && !Standing.rollingBack(promotion)
                ? Optional.of(Prerequisite.unmet(
                        "operation",
                        "one of somebody else on revision " + present.revision() + " of " + design.stable()
                                + " is under way, or died halfway",
                        "helm rollback " + design.stable() + deployer.place().helm()))
                : Optional.empty();
    }
}
