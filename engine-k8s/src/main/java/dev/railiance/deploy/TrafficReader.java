package dev.railiance.deploy;

import dev.railiance.deploy.ManifestReader.Workload;
import dev.railiance.effect.TrafficRoute;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.kubectl.KubectlGet;
import dev.railiance.kubectl.Pod;
import dev.railiance.kubectl.Route;
import dev.railiance.kubectl.Route.Backend;
import dev.railiance.kubectl.Selection;
import dev.railiance.kubectl.ServiceSelector;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.promotion.TrafficShare;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads how the traffic is divided off the objects that divide it. */
final class TrafficReader {

    private final Kubectl kubectl;
    private final ClusterNamespace namespace;
    private final Cancellation cancellation;

    TrafficReader(Kubectl kubectl, ClusterNamespace namespace, Cancellation cancellation) {
        this.kubectl = kubectl;
        this.namespace = namespace;
        this.cancellation = cancellation;
    }

    /**
     * Reads the canary's share.
     *
     * @param canary asked for the workloads of the canary's release, where pods make the share: NOT_FOUND is none
     */
    Answer<TrafficShare> share(TrafficRoute route, Supplier<Answer<List<Workload>>> canary) {
        Selection entry = new Selection.Named(route.entry());
        return switch (route.router()) {
            case TRAEFIK -> routed(KubectlGet.traefikServices(namespace, entry), route);
            case GATEWAY_API -> routed(KubectlGet.httpRoutes(namespace, entry), route);
            case REPLICAS -> shared(KubectlGet.services(namespace, entry), canary);
        };
    }

    /** Without an entry the canary gets nothing through it. */
    private Answer<TrafficShare> routed(KubectlGet<Route> get, TrafficRoute route) {
        return kubectl.run(get, OutputSink.NONE, cancellation)
                .ifThere()
                .then(found ->
                        Answer.done(found.map(routes -> share(routes.getFirst().backends(), route))
                                .orElseGet(() -> TrafficShare.routed(0))));
    }

    static TrafficShare share(List<Backend> backends, TrafficRoute route) {
        int all = backends.stream().mapToInt(Backend::weight).sum();
        int canary = backends.stream()
                .filter(backend -> backend.name().equals(route.canary()))
                .mapToInt(Backend::weight)
                .sum();
        return TrafficShare.routed(all == 0 ? 0 : Math.rint(canary * 10_000.0 / all) / 100);
    }

    private Answer<TrafficShare> shared(KubectlGet<ServiceSelector> get, Supplier<Answer<List<Workload>>> canary) {
        return kubectl.run(get, OutputSink.NONE, cancellation)
                .ifThere()
                .then(found -> found.isEmpty()
                        ? Answer.done(TrafficShare.routed(0))
                        : canary.get()
                                .ifThere()
                                .then(workloads ->
                                        pods(found.get().getFirst().selector(), workloads.orElse(List.of()))));
    }

    private Answer<TrafficShare> pods(Map<String, String> selector, List<Workload> canary) {
        return kubectl.run(KubectlGet.pods(namespace, new Selection.Labelled(selector)), OutputSink.NONE, cancellation)
                .then(pods -> Answer.done(share(pods, canary)));
    }

    /** Of the ready pods behind the entry; those of the canary are told by its workloads, whatever chart made them. */
    static TrafficShare share(List<Pod> behind, List<Workload> canary) {
        List<Pod> ready =
                behind.stream().filter(pod -> pod.ready() && !pod.terminating()).toList();
        int canaries = (int) ready.stream()
                .filter(pod -> canary.stream().anyMatch(workload -> workload.has(pod.labels())))
                .count();
        return TrafficShare.ofPods(canaries, ready.size() - canaries);
    }
}
