package dev.railiance.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.helm.HelmFlags.Apply;
import dev.railiance.helm.HelmFlags.Waiting;
import dev.railiance.process.Cancellation;
import dev.railiance.process.Captured;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessTrees;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.FakeTool;
import dev.railiance.tool.PrivateHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs called helm that misbehave: a clear answer within bounds, and not a word of theirs in it. */
class HostileHelmTest {

    private static final HelmFlags FLAGS = HelmArgumentsTest.FOUR;
    private static final Release WEB = new Release(new ClusterNamespace(Optional.empty(), "shop"), "web");
    private static final HelmUpgrade UPGRADE = new HelmUpgrade(
            FLAGS, WEB, "/chart", List.of(), HelmUpgrade.Options.of("d", Map.of(), Duration.ofMinutes(1)));

    /** A release as every Helm prints it, as short as can be. */
    private static final String RELEASE = "{\"name\":\"web\",\"version\":3,\"info\":{\"status\":\"deployed\","
            + "\"description\":\"d\"},\"config\":{\"password\":\"s3cr3t\"},\"manifest\":\"kind: s3cr3t\"}";

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    /** All that answer with JSON or a fixed sentence: none may take something else for it. */
    private static Stream<HelmOperation<?>> strict() {
        return Stream.of(
                HelmVersion.ASK,
                UPGRADE,
                new HelmDryRun(UPGRADE),
                new HelmStatus(WEB),
                new HelmHistory(WEB, 10),
                new HelmManifest(WEB, OptionalInt.empty()),
                new HelmValues(WEB, OptionalInt.empty()),
                new HelmMetadata(WEB, OptionalInt.empty()),
                new HelmRollback(
                        FLAGS, WEB, 1, Duration.ofMinutes(1), Waiting.NOTHING, Apply.AS_BEFORE, OptionalInt.empty()),
                new HelmUninstall(FLAGS, WEB, Duration.ofMinutes(1), Waiting.READY, false, Optional.empty()),
                new HelmList(FLAGS, WEB.namespace(), Map.of()),
                new HelmLint(Path.of("/chart"), List.of(), Duration.ofSeconds(20)));
    }

    private <T> Answer<T> run(String script, HelmOperation<T> operation) throws IOException {
        Map<String, String> environment = FakeTool.write(directory, "helm", script);
        try (PrivateHome home = PrivateHome.open()) {
            return Helm.onCluster(processes, environment, List.of(), home)
                    .run(operation, OutputSink.NONE, new Cancellation());
        }
    }

    private static Answer.NotDone<?> notDone(Answer<?> answer) {
        assertFalse(answer.toString().contains("s3cr3t"), "an answer quotes what the tool printed");
        return assertInstanceOf(Answer.NotDone.class, answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 0",
                "echo 'Error: s3cr3t'",
                "echo s3cr3t; echo warning s3cr3t >&2",
                "printf '{\"version\":3,\"info\":{\"status\":\"s3cr3t'",
                "printf '\"s3cr3t\"'",
                "printf '[1, \"s3cr3t\"]'",
                "printf '{\"version\":\"s3cr3t\",\"info\":{\"status\":7},\"manifest\":[]}{}'",
                "printf '%20000s' | tr ' ' '['",
                "printf '\\377\\376\\000s3cr3t'"
            })
    void exitCodeZeroIsNotBelievedWithoutTheRightOutput(String script) throws IOException {
        for (HelmOperation<?> operation : strict().toList()) {
            assertEquals(Cause.UNREADABLE, notDone(run(script, operation)).cause(), operation.name());
        }
    }

    @Test
    void aFailureIsToldByItsExitCodeAlone() throws IOException {
        for (HelmOperation<?> operation : strict().toList()) {
            var not = notDone(run("echo s3cr3t; echo 'Error: s3cr3t' >&2; exit 3", operation));
            assertEquals(operation.name() + " ended with exit code 3", not.reason());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "release: not found | NOT_FOUND",
                "Kubernetes cluster unreachable: Get \"https://s3cr3t/version\": dial tcp: connection refused | UNREACHABLE",
                "kubernetes cluster unreachable: context \"s3cr3t\" does not exist | CONTEXT_UNKNOWN",
                "Kubernetes cluster unreachable: the server has asked for the client to provide credentials | UNAUTHENTICATED",
                "query: failed: secrets is forbidden: User \"s3cr3t\" cannot list resource \"secrets\" in API group | FORBIDDEN",
                "UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress | BUSY",
                "UPGRADE FAILED: context deadline exceeded | NOT_READY",
                "INSTALLATION FAILED: failed post-install: resource not ready, name: s3cr3t, kind: Job, status: Failed | NOT_READY",
                "Get \"https://s3cr3t/api\": context deadline exceeded | UNREACHABLE",
                "create: failed to create: namespaces \"s3cr3t\" not found | NAMESPACE_NOT_FOUND",
                "Error: execution error at (web/templates/m.yaml:3:20): s3cr3t | CHART_INVALID",
                "s3cr3t cannot be imported into the current release: invalid ownership metadata | NOT_OWNED",
                "resource mapping not found: no matches for kind \"S3cr3t\" in version \"v1\" | KIND_UNKNOWN",
                "conflict occurred while applying object: Apply failed with 1 conflict: conflict with \"s3cr3t\" | CONFLICT",
                "Deployment.apps \"s3cr3t\" is invalid: spec.replicas: Invalid value | OBJECT_INVALID",
                "s3cr3t happened | REFUSED"
            })
    void whatHelmMeansIsToldInOurOwnWords(String words, Cause cause) throws IOException {
        Files.writeString(directory.resolve("words"), words);
        assertEquals(
                cause,
                notDone(run("cat " + directory + "/words >&2; exit 1", UPGRADE)).cause());
    }

    @Test
    void warningsDoNoHarmAndValuesAreNotKept() throws IOException {
        Files.writeString(directory.resolve("release"), RELEASE);
        Answer<HelmUpgrade.Made> answer =
                run("echo 's3cr3t WARNING: connection refused' >&2; cat " + directory + "/release", UPGRADE);
        var revision = new Revision(
                3, ReleaseStatus.DEPLOYED, Optional.of("d"), Optional.empty(), Optional.empty(), Optional.empty());
        assertEquals(Answer.done(new HelmUpgrade.Made(revision, new Manifests("kind: s3cr3t"))), answer);
        assertFalse(answer.toString().contains("s3cr3t"));
    }

    @Test
    void aFloodIsCutOff() throws IOException {
        var history = new HelmHistory(WEB, 10);
        assertEquals(
                "helm history ended with exit code 0 but printed more than 1048576 bytes",
                notDone(run("printf '['; head -c 200000000 /dev/zero | tr '\\0' ' '; printf ']'", history))
                        .reason());
        assertEquals(
                "helm history ended with exit code 1",
                notDone(run("head -c 200000000 /dev/zero >&2; exit 1", history)).reason());
    }

    @Test
    void aFloodWithoutEndAndAHangEndAtTheTimeLimit() {
        for (String script : List.of("yes s3cr3t", "yes s3cr3t >&2", "trap '' TERM; while :; do sleep 1; done")) {
            assertTimeout(Duration.ofSeconds(6), () -> {
                var limited = new Limited<>(new HelmStatus(WEB), Duration.ofMillis(400));
                assertEquals(
                        Answer.notDone(Cause.TIMED_OUT, "helm history did not end within 400 ms"),
                        run(script, limited));
            });
        }
    }

    @Test
    void aChildThatHoldsOnIsNotWaitedForAndDoesNotOutlive() throws IOException {
        Files.writeString(directory.resolve("release"), RELEASE);
        Path child = directory.resolve("child");
        String script = "sh -c 'trap \"\" TERM HUP; echo $$ > " + child + "; while :; do sleep 1; done' & "
                + "while ! [ -s " + child + " ]; do :; done; cat " + directory + "/release";
        assertTimeout(Duration.ofSeconds(6), () -> assertInstanceOf(Answer.Done.class, run(script, UPGRADE)));
        long pid = Long.parseLong(Files.readString(child).strip());
        // One that is dead but not yet taken notice of has no program.
        assertEquals(
                Optional.empty(),
                ProcessHandle.of(pid).flatMap(process -> process.info().command()),
                "the child outlives Helm");
    }

    @Test
    void helmSeesTheWayToTheClusterAndNothingElseOfTheUsers() throws IOException {
        Map<String, String> fake = FakeTool.write(directory, "helm", "env > " + directory + "/seen; echo v4.0.0");
        Map<String, String> environment = new java.util.HashMap<>(fake);
        environment.putAll(Map.of(
                "HELM_KUBECONTEXT", "other",
                "HELM_NAMESPACE", "other",
                "HELM_PLUGINS", "/hostile",
                "HELM_DRIVER", "configmap",
                "HTTPS_PROXY", "http://proxy.example.org",
                "AWS_SECRET_ACCESS_KEY", "s3cr3t",
                "MY_LOGIN", "here"));
        try (PrivateHome home = PrivateHome.open()) {
            var unused = Helm.onCluster(processes, environment, List.of("MY_LOGIN"), home)
                    .flags(new Cancellation());
            List<String> seen = Files.readAllLines(directory.resolve("seen"));
            assertTrue(seen.contains("KUBECONFIG=" + directory + "/.kube/config"), "the user's, not the empty home's");
            assertTrue(seen.contains("HOME=" + home.directory()));
            assertTrue(seen.containsAll(
                    List.of("HELM_DRIVER=configmap", "HTTPS_PROXY=http://proxy.example.org", "MY_LOGIN=here")));
            assertTrue(seen.stream()
                    .noneMatch(line -> line.matches("HELM_KUBECONTEXT=.*|HELM_NAMESPACE=.*|AWS_SECRET.*|.*hostile.*")));
        }
    }

    /** The same operation with less time. */
    private record Limited<T>(HelmOperation<T> operation, Duration timeLimit) implements HelmOperation<T> {

        @Override
        public String name() {
            return operation.name();
        }

        @Override
        public List<String> arguments() {
            return operation.arguments();
        }

        @Override
        public Answer<T> read(Captured stdout) {
            return operation.read(stdout);
        }
    }
}
