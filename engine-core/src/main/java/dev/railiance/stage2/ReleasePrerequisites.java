package dev.railiance.stage2;

import dev.railiance.effect.CommandPlace;
import dev.railiance.effect.Prerequisite;
import dev.railiance.effect.ReleaseState;
import dev.railiance.effect.ReleaseState.Condition;
import dev.railiance.effect.ReleaseState.Present;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionId;
import java.util.Optional;

/** What a deployment needs of the releases that are there. */
public final class ReleasePrerequisites {

    private final CanaryDesign design;
    private final Optional<PromotionId> own;
    private final CommandPlace place;

    /** For a promotion and its releases. */
    public ReleasePrerequisites(CanaryDesign design, Known known, CommandPlace place) {
        this.design = design;
        this.place = place;
        this.own = known.promotion().map(Promotion::id);
    }

    /**
     * The release in production where it is about to be replaced. What an operation of this very promotion left behind is
     * cleared when that is carried on.
     */
    public Prerequisite production(Outcome<ReleaseState> asked, Optional<PromotionId> base) {
        if (!(asked instanceof Outcome.Done<ReleaseState> done)) {
            return stable(asked);
        }
        String name = "release " + design.stable();
        return switch (done.value()) {
            case ReleaseState.Absent absent ->
                Prerequisite.met(
                        name,
                        base.map(promotion -> "not there, though promotion " + promotion
                                        + " was in production: it is made anew, and a rollback removes it")
                                .orElse("not there: it is made, and a rollback removes it"));
            case Present present ->
                present.condition() == Condition.PENDING && present.promotion().equals(own)
                        ? Prerequisite.met(name, revision(present) + ", which died halfway and is carried on")
                        : stable(name, present, "");
        };
    }

    /**
     * The release in production. A first deployment has none: then an isolated canary stands alone, and a weighted one has
     * nothing to share the traffic with.
     */
    Prerequisite stable(Outcome<ReleaseState> asked) {
        String name = "release " + design.stable();
        return switch (asked) {
            case Outcome.NotDone<ReleaseState> not ->
                Prerequisite.unknown(
                        name, not.failure().message(), not.failure().hint());
            case Outcome.Done<ReleaseState> done ->
                switch (done.value()) {
                    case ReleaseState.Absent absent -> noStable(name);
                    case Present present -> stable(name, present, "; the canary does not touch it");
                };
        };
    }

    private Prerequisite noStable(String name) {
        return design.weighted()
                ? Prerequisite.unmet(
                        name,
                        "it is not there: a first deployment has no traffic to share, so it takes mode \"isolated\","
                                + " or the running version installed by hand",
                        install())
                : Prerequisite.met(name, "not there: this is the first deployment");
    }

    private Prerequisite stable(String name, Present present, String beside) {
        return switch (present.condition()) {
            case PENDING ->
                Prerequisite.unmet(
                        name,
                        "an operation on revision " + present.revision() + " is under way, or died halfway",
                        present.revision() > 1
                                ? "helm rollback " + in(design.stable())
                                : "helm uninstall " + in(design.stable()));
            case FAILED -> Prerequisite.met(name, revision(present) + ", which failed" + beside);
            case DEPLOYED -> Prerequisite.met(name, revision(present));
            case OTHER -> Prerequisite.unmet(name, "it is being removed", "helm status " + in(design.stable()));
        };
    }

    private static String revision(Present present) {
        return "revision " + present.revision()
                + present.promotion()
                        .map(promotion -> " by promotion " + promotion)
                        .orElse(", made by hand or by another tool");
    }

    /** The canary's or the routing's: ours, or nobody's. */
    Prerequisite ours(String release, Outcome<ReleaseState> asked) {
        String name = "release " + release;
        return switch (asked) {
            case Outcome.NotDone<ReleaseState> not ->
                Prerequisite.unknown(
                        name, not.failure().message(), not.failure().hint());
            case Outcome.Done<ReleaseState> done ->
                switch (done.value()) {
                    case ReleaseState.Absent absent -> Prerequisite.met(name, "not there yet");
                    case Present present -> ours(name, release, present);
                };
        };
    }

    private Prerequisite ours(String name, String release, Present present) {
        boolean routing = release.equals(design.routing());
        if (present.promotion().isEmpty()) {
            return Prerequisite.unmet(
                    name, revision(present) + "; it is not overwritten", "helm uninstall " + in(release));
        }
        if (present.promotion().equals(own)) {
            return Prerequisite.met(name, revision(present));
        }
        // The entry for traffic stays from one promotion to the next.
        return routing && present.condition() == Condition.DEPLOYED
                ? Prerequisite.met(name, revision(present))
                : Prerequisite.unmet(name, revision(present) + ", left behind", "helm uninstall " + in(release));
    }

    private String in(String release) {
        return release + place.helm();
    }

    /** The values files may name the candidate by now, so that the image that runs has to be told. */
    private String install() {
        return "helm install " + design.stable()
                + ChartOptions.chart(design.chart(), design.values())
                + place.helm()
                + " --set railiance.track=stable"
                + ChartOptions.image(
                        design.contract().artifact().image(),
                        Optional.of("RUNNING-TAG"),
                        Optional.of(""),
                        design.deploy().subchart());
    }
}
