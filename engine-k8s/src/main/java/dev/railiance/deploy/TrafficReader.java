package dev.railiance.deploy;

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

/** Reads how the traffic is divided off the objects that divide it. */
final class TrafficReader {

    private static final String TRACK = "railiance.dev/track";

    private final Kubectl kubectl;
    private final ClusterNamespace namespace;
    private final Cancellation cancellation;

    TrafficReader(Kubectl kubectl, ClusterNamespace namespace, Cancellation cancellation) {
        this.kubectl = kubectl;
        this.namespace = namespace;
        this.cancellation = cancellation;
    }

    Answer<TrafficShare> share(TrafficRoute route) {
        Selection entry = new Selection.Named(route.entry());
        return switch (route.router()) {
            case TRAEFIK -> routed(KubectlGet.traefikServices(namespace, entry), route);
            case GATEWAY_API -> routed(KubectlGet.httpRoutes(namespace, entry), route);
            case REPLICAS -> shared(KubectlGet.services(namespace, entry));
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

    private Answer<TrafficShare> shared(KubectlGet<ServiceSelector> get) {
        return kubectl.run(get, OutputSink.NONE, cancellation)
                .ifThere()
                .then(found -> found.isEmpty()
                        ? Answer.done(TrafficShare.routed(0))
                        : pods(found.get().getFirst().selector()));
    }

    private Answer<TrafficShare> pods(Map<String, String> selector) {
        return kubectl.run(KubectlGet.pods(namespace, new Selection.Labelled(selector)), OutputSink.NONE, cancellation)
                .then(pods -> Answer.done(TrafficShare.ofPods(ready(pods, "canary"), ready(pods, "stable"))));
    }

    private static int ready(List<Pod> pods, String track) {
        return (int) pods.stream()
                .filter(pod -> pod.ready() && !pod.terminating())
                .filter(pod -> track.equals(pod.labels().get(TRACK)))
                .count();
    }
}
