package dev.railiance.deploy;

import dev.railiance.effect.RolloutLook;
import dev.railiance.effect.RolloutLook.State;
import dev.railiance.kubectl.Event;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.kubectl.KubectlGet;
import dev.railiance.kubectl.Pod;
import dev.railiance.kubectl.Selection;
import dev.railiance.kubectl.Workload;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at the workloads of a release and at the pods that keep it from being ready. */
final class RolloutReader {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Kubectl kubectl;
    private final ClusterNamespace namespace;
    private final Cancellation cancellation;

    RolloutReader(Kubectl kubectl, ClusterNamespace namespace, Cancellation cancellation) {
        this.kubectl = kubectl;
        this.namespace = namespace;
        this.cancellation = cancellation;
    }

    Answer<RolloutLook> look(List<ManifestReader.Workload> workloads, boolean closely) {
        int ready = 0;
        int wanted = 0;
        for (ManifestReader.Workload workload : workloads) {
            Answer<Optional<Workload>> asked = get(workload);
            if (asked instanceof Answer.NotDone<Optional<Workload>> not) {
                return Answer.notDone(not.cause(), not.reason());
            }
            Optional<Workload> found = ((Answer.Done<Optional<Workload>>) asked).value();
            if (found.isEmpty()) {
                return Answer.done(new RolloutLook(
                        State.UNDER_WAY,
                        workload.kind().toLowerCase(Locale.ROOT) + " " + workload.name() + " is not there"));
            }
            if (!found.get().isRolledOut()) {
                return closely
                        ? pods(workload, found.get())
                        : Answer.done(new RolloutLook(State.UNDER_WAY, count(found.get())));
            }
            ready += found.get().ready();
            wanted += found.get().replicas();
        }
        return Answer.done(
                wanted > 0
                        ? new RolloutLook(State.READY, ready + " of " + wanted + " pods are ready")
                        : new RolloutLook(State.IDLE, "nothing of the app would run: " + idle(workloads)));
    }

    private static String idle(List<ManifestReader.Workload> workloads) {
        return workloads.isEmpty()
                ? "the release has no Deployment, StatefulSet or DaemonSet"
                : workloads.stream()
                        .map(workload -> workload.kind().toLowerCase(Locale.ROOT) + " " + workload.name())
                        .collect(Collectors.joining(", ", "no pod is wanted of ", ""));
    }

    private Answer<Optional<Workload>> get(ManifestReader.Workload workload) {
        var get = KubectlGet.workload(namespace, workload.kind(), workload.name());
        return kubectl.run(get, OutputSink.NONE, cancellation)
                .then(found -> Answer.done(found.getFirst()))
                .ifThere();
    }

    private Answer<RolloutLook> pods(ManifestReader.Workload workload, Workload found) {
        return kubectl.run(
                        KubectlGet.pods(namespace, new Selection.Labelled(workload.selector())),
                        OutputSink.NONE,
                        cancellation)
                .then(pods -> judged(found, pods));
    }

    private Answer<RolloutLook> judged(Workload found, List<Pod> pods) {
        String count = count(found);
        List<Pod> unready =
                pods.stream().filter(pod -> !pod.ready() && !pod.terminating()).toList();
        Optional<Pod> hopeless = unready.stream().filter(PodReader::isHopeless).findFirst();
        if (hopeless.isPresent()) {
            return Answer.done(new RolloutLook(State.STUCK, told(hopeless.get())));
        }
        if (found.isStuck()) {
            return events(unready)
                    .then(why -> Answer.done(
                            new RolloutLook(State.STUCK, count + "; the deployment's own deadline has passed" + why)));
        }
        return unready.isEmpty()
                ? Answer.done(new RolloutLook(State.UNDER_WAY, count))
                : events(unready).then(why -> Answer.done(new RolloutLook(State.UNDER_WAY, count + why)));
    }

    private static String count(Workload workload) {
        return workload.ready() + " of " + workload.replicas() + " pods are ready";
    }

    private static String told(Pod pod) {
        List<String> words = new ArrayList<>();
        for (Pod.Container container : pod.containers()) {
            container.waiting().ifPresent(reason -> words.add("container " + container.name() + ": " + reason));
            if (container.lastExitCode().isPresent()) {
                words.add("it ended with exit code " + container.lastExitCode().getAsInt()
                        + container
                                .lastTerminated()
                                .map(reason -> " (" + reason + ")")
                                .orElse(""));
            }
            if (container.restarts() > 0) {
                words.add("restarted " + container.restarts() + " times");
            }
        }
        return "pod " + pod.name() + ": " + String.join(", ", words);
    }

    /** What Kubernetes says of a pod that takes its time. */
    private Answer<String> events(List<Pod> unready) {
        Instant old = Instant.now().minus(PATIENCE);
        Optional<Pod> late = unready.stream()
                .filter(pod -> pod.created().filter(old::isAfter).isPresent())
                .findFirst();
        if (late.isEmpty()) {
            return Answer.done("");
        }
        Pod pod = late.get();
        return kubectl.run(KubectlGet.events(namespace), OutputSink.NONE, cancellation)
                .then(events -> Answer.done(events.stream()
                        .filter(event -> event.isWarning() && event.uid().equals(Optional.of(pod.uid())))
                        .map(Event::reason)
                        .distinct()
                        .reduce((one, other) -> one + ", " + other)
                        .or(pod::unscheduled)
                        .map(why -> "; pod " + pod.name() + ": " + why)
                        .orElse("")));
    }
}
