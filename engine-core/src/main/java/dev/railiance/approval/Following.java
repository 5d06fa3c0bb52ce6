package dev.railiance.approval;

import dev.railiance.projection.Rendered.NextStep;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What to do next, as far as approvals decide it. */
final class Following {

    private static final Map<Phase, Scope> ASKED = Map.of(
            Phase.VALIDATED, Scope.STAGE2,
            Phase.GATES_PASSED, Scope.STAGE3,
            Phase.APPROVED, Scope.STAGE3);

    private Following() {}

    static NextStep of(Ground ground, Instant now) {
        return Optional.ofNullable(ASKED.get(ground.promotion().phase()))
                .map(scope -> asked(ground, Quorum.of(ground, scope, now), now))
                .orElseGet(() -> NextStep.of(ground.promotion().phase(), ground.id()));
    }

    private static NextStep asked(Ground ground, Quorum quorum, Instant now) {
        int missing = missing(ground, quorum, now);
        if (missing == 0) {
            return quorum.scope() == Scope.STAGE2 && quorum.given() > 0
                    ? new NextStep("railiance deploy --stage 2 --apply", "Stage 2 has the approvals that it needs")
                    : NextStep.of(ground.promotion().phase(), ground.id());
        }
        String more = missing + " more " + (missing == 1 ? "person" : "people") + " must approve";
        // Stage 2's plan can be made here; production's is printed by what carries it out.
        return quorum.plan().isPresent() || quorum.scope() == Scope.STAGE2
                ? new NextStep(command(ground, quorum.scope(), quorum.plan()), more)
                : new NextStep("railiance promote " + ground.id(), more + "; this prints the plan and its digest");
    }

    /** Windows that nobody can lift ask for nobody. */
    private static int missing(Ground ground, Quorum quorum, Instant now) {
        return ground.frozen(now).stream()
                .flatMap(window -> quorum.missing(window).stream())
                .reduce(quorum.missing(), Math::max);
    }

    private static String command(Ground ground, Scope scope, Optional<Digest> plan) {
        return "railiance approve " + ground.id() + " --" + Approving.flag(scope)
                + plan.map(one -> " --plan " + one).orElse("")
                + (ground.promotion().mustSign(scope) ? " --key ~/.ssh/id_ed25519" : " --unsigned")
                + " --reason TEXT";
    }
}
