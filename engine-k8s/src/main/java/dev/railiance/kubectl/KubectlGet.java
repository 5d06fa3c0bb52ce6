package dev.railiance.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * {@code kubectl get}: objects as the API server has them now, each read into a small record. Without such a namespace none
 * is found.
 *
 * @param kinds in full with their group where they are not Kubernetes' own, so that no other kind is taken for them
 */
public record KubectlGet<T>(
        ClusterNamespace namespace, List<String> kinds, Selection selection, Function<JsonNode, T> reading)
        implements KubectlOperation<List<T>> {

    public KubectlGet {
        kinds = List.copyOf(kinds);
    }

    /** Deployments, stateful sets and daemon sets. */
    public static KubectlGet<Workload> workloads(ClusterNamespace namespace, Selection.Labelled selection) {
        return new KubectlGet<>(
                namespace,
                List.of("deployments.apps", "statefulsets.apps", "daemonsets.apps"),
                selection,
                Workload::of);
    }

    /**
     * The workload of this name.
     *
     * @param kind Deployment, StatefulSet or DaemonSet
     */
    public static KubectlGet<Workload> workload(ClusterNamespace namespace, String kind, String name) {
        return new KubectlGet<>(
                namespace, List.of(kind.toLowerCase(Locale.ROOT) + "s.apps"), new Selection.Named(name), Workload::of);
    }

    /** Pods. */
    public static KubectlGet<Pod> pods(ClusterNamespace namespace, Selection selection) {
        return new KubectlGet<>(namespace, List.of("pods"), selection, Pod::of);
    }

    /** Every event of the namespace; Kubernetes forgets them after an hour. */
    public static KubectlGet<Event> events(ClusterNamespace namespace) {
        return new KubectlGet<>(namespace, List.of("events"), new Selection.All(), Event::of);
    }

    /** Services. */
    public static KubectlGet<ServiceSelector> services(ClusterNamespace namespace, Selection selection) {
        return new KubectlGet<>(namespace, List.of("services"), selection, ServiceSelector::of);
    }

    /** Endpoints, which have the names of their services. */
    public static KubectlGet<Endpoints> endpoints(ClusterNamespace namespace, Selection selection) {
        return new KubectlGet<>(namespace, List.of("endpoints"), selection, Endpoints::of);
    }

    /** Ingresses. */
    public static KubectlGet<Route> ingresses(ClusterNamespace namespace, Selection selection) {
        return new KubectlGet<>(namespace, List.of("ingresses.networking.k8s.io"), selection, Route::ofIngress);
    }

    /** Traefik's weighted services. */
    public static KubectlGet<Route> traefikServices(ClusterNamespace namespace, Selection selection) {
        return new KubectlGet<>(namespace, List.of("traefikservices.traefik.io"), selection, Route::ofTraefikService);
    }

    /** Traefik's routes. */
    public static KubectlGet<Route> ingressRoutes(ClusterNamespace namespace, Selection selection) {
        return new KubectlGet<>(namespace, List.of("ingressroutes.traefik.io"), selection, Route::ofIngressRoute);
    }

    /** Gateway API's routes. */
    public static KubectlGet<Route> httpRoutes(ClusterNamespace namespace, Selection selection) {
        return new KubectlGet<>(
                namespace, List.of("httproutes.gateway.networking.k8s.io"), selection, Route::ofHttpRoute);
    }

    @Override
    public String name() {
        return "kubectl get " + String.join(",", kinds);
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("get", String.join(",", kinds)));
        arguments.addAll(selection.arguments());
        arguments.add("--output=json");
        arguments.addAll(KubectlOperation.place(namespace));
        return List.copyOf(arguments);
    }

    @Override
    public int capture() {
        return 16 << 20;
    }

    /** A name gets one object, everything else a list. */
    @Override
    public Answer<List<T>> read(Captured stdout) {
        return Json.read(
                this,
                stdout,
                document -> selection instanceof Selection.Named
                        ? List.of(reading.apply(document))
                        : Json.members(document.path("items"), reading));
    }

    @Override
    public Answer<List<T>> explain(int exitCode, Captured stdout, Captured stderr) {
        return KubectlOperation.noneWithoutNamespace(KubectlOperation.super.explain(exitCode, stdout, stderr));
    }
}
