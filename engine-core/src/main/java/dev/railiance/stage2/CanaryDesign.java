package dev.railiance.stage2;

import dev.railiance.contract.AppContract;
import dev.railiance.contract.Deploy;
import dev.railiance.contract.Stage2;
import dev.railiance.contract.WeightStep;
import dev.railiance.effect.Deployer.Deployment;
import dev.railiance.effect.Deployer.Image;
import dev.railiance.effect.Deployer.Track;
import dev.railiance.effect.Mark;
import dev.railiance.effect.TrafficRoute;
import dev.railiance.promotion.AttemptId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The canary that a contract describes, what comes after it in production, and the releases that it is made of: stable {@code NAME}, canary {@code NAME-canary}
 * and, where the traffic is weighted, {@code NAME-routing}, all of the same chart.
 *
 * @param repository an absolute directory
 * @param deploy the contract's section of that name
 */
public record CanaryDesign(Path repository, AppContract contract, Deploy deploy) {

    /** Name of the release in production. */
    public String stable() {
        return deploy.release();
    }

    /** Name of the canary's release. */
    public String canary() {
        return deploy.release() + "-canary";
    }

    /** Name of the release that owns the entry for traffic. */
    public String routing() {
        return deploy.release() + "-routing";
    }

    /** Whether the canary takes a share of the traffic. */
    public boolean weighted() {
        return contract.stage2().mode() == Stage2.Mode.WEIGHTED;
    }

    /** Whether numbers of pods make the share. */
    public boolean sharedByPods() {
        return contract.stage2().router() == Stage2.Router.REPLICAS;
    }

    /** The steps of a weighted canary; none of an isolated one. */
    public List<WeightStep> steps() {
        return weighted() ? contract.stage2().steps() : List.of();
    }

    /** Where the traffic is divided; only of a weighted canary. */
    public TrafficRoute route() {
        TrafficRoute.Router router = switch (contract.stage2().router()) {
            case TRAEFIK -> TrafficRoute.Router.TRAEFIK;
            case GATEWAY_API -> TrafficRoute.Router.GATEWAY_API;
            case REPLICAS -> TrafficRoute.Router.REPLICAS;
            case NONE -> throw new IllegalStateException("a weighted canary has a router");
        };
        return new TrafficRoute(router, stable(), stable() + "-stable", canary());
    }

    /**
     * The canary itself, which takes no traffic by itself.
     *
     * @param origin the attempt that made it first: what its pods carry does not change with its number
     */
    public Deployment canary(Mark mark, AttemptId origin, OptionalInt replicas) {
        List<Path> values = new ArrayList<>(values());
        values.addAll(files(contract.stage2().values()));
        Mark unweighted = new Mark(mark.promotion(), mark.attempt(), mark.artifact(), 0);
        return new Deployment(
                canary(),
                Track.CANARY,
                chart(),
                values,
                unweighted,
                origin,
                image(),
                replicas,
                deploy.subchart(),
                deploy.timeout());
    }

    /** The artifact in production. */
    public Deployment production(Mark mark) {
        List<Path> values = new ArrayList<>(values());
        values.addAll(files(contract.stage3().values()));
        return new Deployment(
                stable(),
                Track.STABLE,
                chart(),
                values,
                mark,
                mark.attempt(),
                image(),
                OptionalInt.empty(),
                deploy.subchart(),
                deploy.timeout());
    }

    /** The entry for traffic, at the mark's weight. */
    public Deployment routing(Mark mark) {
        return new Deployment(
                routing(),
                Track.ROUTING,
                chart(),
                values(),
                mark,
                mark.attempt(),
                image(),
                OptionalInt.empty(),
                deploy.subchart(),
                deploy.timeout());
    }

    /** How many pods give the canary this share beside the stable ones: at least one, as near as whole pods come. */
    public static int pods(int weight, int stable) {
        return weight >= 100
                ? Math.max(1, stable)
                : Math.max(1, (int) Math.rint(weight * (double) stable / (100 - weight)));
    }

    /** The chart: an absolute directory, or a reference. */
    public String chart() {
        String declared = deploy.chart().orElseThrow(() -> new IllegalStateException("a Helm deployment has a chart"));
        return declared.startsWith("oci://")
                ? declared
                : repository.resolve(declared).toString();
    }

    /** Values files of every release, by absolute paths. */
    List<Path> values() {
        return files(deploy.values());
    }

    private List<Path> files(List<String> declared) {
        return declared.stream().map(repository::resolve).toList();
    }

    private Optional<Image> image() {
        return contract.artifact()
                .image()
                .map(name -> new Image(
                        name, contract.artifact().tag(), contract.artifact().digest()));
    }
}
