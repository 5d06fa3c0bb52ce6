package dev.railiance.deploy;

import dev.railiance.effect.ReleasePods;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.kubectl.KubectlGet;
import dev.railiance.kubectl.Pod;
import dev.railiance.kubectl.Selection;
import dev.railiance.kubectl.Workload;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at the pods of a release. */
final class PodReader {

    /** What a pod waits for that will not come by itself. */
    private static final Set<String> HOPELESS = Set.of(
            "ImagePullBackOff",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "CrashLoopBackOff");

    private static final int RESTARTS = 2;

    /** Of a workload that somebody has deleted: at least one pod would be wanted. */
    private static final ReleasePods MISSING = new ReleasePods(1, 0, 0, Optional.empty(), List.of());

    private final Kubectl kubectl;
    private final ClusterNamespace namespace;
    private final Cancellation cancellation;

    PodReader(Kubectl kubectl, ClusterNamespace namespace, Cancellation cancellation) {
        this.kubectl = kubectl;
        this.namespace = namespace;
        this.cancellation = cancellation;
    }

    Answer<ReleasePods> pods(List<ManifestReader.Workload> workloads) {
        Answer<ReleasePods> all = Answer.done(ReleasePods.NONE);
        for (ManifestReader.Workload workload : workloads) {
            all = all.then(before -> of(workload).then(these -> Answer.done(together(before, these))));
        }
        return all;
    }

    private Answer<ReleasePods> of(ManifestReader.Workload workload) {
        return kubectl.run(
                        KubectlGet.workload(namespace, workload.kind(), workload.name()), OutputSink.NONE, cancellation)
                .ifThere()
                .then(found -> found.isEmpty()
                        ? Answer.done(MISSING)
                        : kubectl.run(
                                        KubectlGet.pods(namespace, new Selection.Labelled(workload.selector())),
                                        OutputSink.NONE,
                                        cancellation)
                                .then(pods -> Answer.done(read(found.get().getFirst(), pods))));
    }

    private static ReleasePods read(Workload workload, List<Pod> pods) {
        return new ReleasePods(
                workload.replicas(),
                workload.updated(),
                workload.ready(),
                workload.isStuck() ? Optional.of("the deployment's own deadline has passed") : Optional.empty(),
                pods.stream()
                        .filter(pod -> !pod.terminating())
                        .sorted(Comparator.comparing(Pod::name))
                        .map(pod -> new ReleasePods.Pod(
                                pod.name(), pod.ready(), pod.restarts(), reason(pod), isHopeless(pod)))
                        .toList());
    }

    private static ReleasePods together(ReleasePods one, ReleasePods other) {
        var pods = new ArrayList<>(one.pods());
        pods.addAll(other.pods());
        return new ReleasePods(
                one.desired() + other.desired(),
                one.updated() + other.updated(),
                one.ready() + other.ready(),
                one.stuck().or(other::stuck),
                pods);
    }

    /** Whether a pod will not become ready by itself. */
    static boolean isHopeless(Pod pod) {
        return pod.containers().stream()
                .anyMatch(container ->
                        container.waiting().filter(HOPELESS::contains).isPresent()
                                || (container.restarts() >= RESTARTS && !container.ready()));
    }

    /** What keeps it from being ready comes before why it was started again. */
    private static Optional<String> reason(Pod pod) {
        return pod.containers().stream()
                .flatMap(container -> container.waiting().stream())
                .findFirst()
                .or(() -> pod.containers().stream()
                        .flatMap(container -> container.terminated().or(container::lastTerminated).stream())
                        .findFirst())
                .or(pod::unscheduled);
    }
}
