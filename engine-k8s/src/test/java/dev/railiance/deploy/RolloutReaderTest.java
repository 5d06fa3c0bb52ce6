package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.railiance.effect.RolloutLook;
import dev.railiance.effect.RolloutLook.State;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.FakeTool;
import dev.railiance.tool.PrivateHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what runs is ready. */
class RolloutReaderTest {

    private static final ManifestReader.Workload WEB =
            new ManifestReader.Workload("Deployment", "web", Map.of("app", "web"));
    private static final ManifestReader.Workload DATA =
            new ManifestReader.Workload("StatefulSet", "data", Map.of("app", "data"));

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void aReleaseWithoutAWorkloadIsNotReady() throws IOException {
        assertEquals(
                new RolloutLook(
                        State.IDLE,
                        "nothing of the app would run: the release has no Deployment, StatefulSet or DaemonSet"),
                look(List.of(), 0));
    }

    @Test
    void aReleaseOfWhichNoPodIsWantedIsNotReady() throws IOException {
        assertEquals(
                new RolloutLook(
                        State.IDLE,
                        "nothing of the app would run: no pod is wanted of deployment web, statefulset data"),
                look(List.of(WEB, DATA), 0));
    }

    @Test
    void aWorkloadWithoutPodsBesideOneThatRunsIsNoHindrance() throws IOException {
        assertEquals(new RolloutLook(State.READY, "2 of 2 pods are ready"), look(List.of(WEB, DATA), 2));
    }

    /** Of the stateful set no pod is wanted, of the deployment as many as told. */
    private RolloutLook look(List<ManifestReader.Workload> workloads, int pods) throws IOException {
        String script = """
                case "$*" in
                *statefulsets*) kind=StatefulSet name=data pods=0;;
                *) kind=Deployment name=web pods=%d;;
                esac
                printf '{"kind":"%%s","metadata":{"name":"%%s","generation":1},"spec":{"replicas":%%d},"status":{' \
                    $kind $name $pods
                printf '"observedGeneration":1,"replicas":%%d,"updatedReplicas":%%d,"readyReplicas":%%d,' \
                    $pods $pods $pods
                printf '"availableReplicas":%%d}}' $pods""".formatted(pods);
        try (PrivateHome home = PrivateHome.open()) {
            var kubectl = new Kubectl(processes, FakeTool.write(directory, "kubectl", script), List.of(), home);
            var reader = new RolloutReader(kubectl, new ClusterNamespace(Optional.empty(), "shop"), new Cancellation());
            var answer = assertInstanceOf(Answer.Done.class, reader.look(workloads, true));
            return (RolloutLook) answer.value();
        }
    }
}
