package dev.railiance.stage2;

import dev.railiance.effect.ClusterObject;
import dev.railiance.effect.Deployer;
import dev.railiance.effect.Deployer.Deployment;
import dev.railiance.effect.Deployer.Track;
import dev.railiance.effect.Prerequisite;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.stage2.Planning.Depth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The charts of a plan. They are rendered whether or not it is shown: what cannot be rendered is not deployed. */
public final class Charts {

    private final Deployer deployer;
    private final Depth depth;
    private final boolean answers;

    /**
     * For one plan.
     *
     * @param answers whether the cluster answers
     */
    public Charts(Deployer deployer, Depth depth, boolean answers) {
        this.deployer = deployer;
        this.depth = depth;
        this.answers = answers;
    }

    /**
     * What a deployment would change; empty where that is not wanted, or could not be found out.
     *
     * @param prerequisites where a chart that is not fit for it is told
     */
    public Optional<List<ObjectChange>> changes(Deployment deployment, List<Prerequisite> prerequisites) {
        String name = "chart for " + deployment.release();
        return switch (deployer.render(deployment, depth.byServer() && answers)) {
            case Outcome.NotDone<List<ClusterObject>> not -> {
                prerequisites.add(
                        not.failure().code() == Code.CHART_REFUSED
                                ? Prerequisite.unmet(name, not.failure().message(), template(deployment))
                                : Stage2Plan.of(name, not));
                yield Optional.empty();
            }
            case Outcome.Done<List<ClusterObject>> done -> {
                if (deployment.track() != Track.ROUTING && done.value().stream().noneMatch(ClusterObject::isWorkload)) {
                    prerequisites.add(Prerequisite.unmet(
                            name,
                            "nothing of the app would run: it makes no Deployment, StatefulSet or DaemonSet",
                            template(deployment)));
                }
                yield depth.shown() && answers
                        ? against(deployment.release(), done.value(), prerequisites)
                        : Optional.empty();
            }
        };
    }

    /** How what is wanted of a release differs from what runs; empty where the latter could not be found out. */
    public Optional<List<ObjectChange>> against(
            String release, List<ClusterObject> wanted, List<Prerequisite> prerequisites) {
        return switch (deployer.objects(release)) {
            case Outcome.NotDone<List<ClusterObject>> not -> {
                prerequisites.add(Stage2Plan.of("manifests of " + release, not));
                yield Optional.empty();
            }
            case Outcome.Done<List<ClusterObject>> running ->
                Optional.of(ObjectChange.between(release, running.value(), wanted));
        };
    }

    /** The command that shows what the engine does not: the words of a template. */
    private String template(Deployment deployment) {
        return "helm template " + deployment.release()
                + ChartOptions.chart(deployment.chart(), deployment.values())
                + deployer.place().helm()
                + " --set railiance.track=" + deployment.track().name().toLowerCase(Locale.ROOT)
                + ",railiance.workload=" + (deployment.track() != Track.ROUTING)
                + deployment
                        .image()
                        .map(image -> ChartOptions.image(
                                Optional.of(image.repository()), image.tag(), image.digest(), deployment.subchart()))
                        .orElse("");
    }
}
