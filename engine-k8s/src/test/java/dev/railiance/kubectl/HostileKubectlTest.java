package dev.railiance.kubectl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessTrees;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.FakeTool;
import dev.railiance.tool.PrivateHome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs called kubectl that misbehave. */
class HostileKubectlTest {

    private static final ClusterNamespace SHOP = new ClusterNamespace(Optional.empty(), "shop");
    private static final Selection WEB = new Selection.Named("web");

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    private static Stream<KubectlOperation<?>> all() {
        return Stream.of(
                new KubectlVersion(Optional.empty(), false),
                new AccessReview(Optional.empty(), Path.of("/r.json")),
                new RulesReview(Optional.empty(), Path.of("/r.json")),
                new KubectlContext(Optional.empty()),
                new ServedKinds(Optional.empty()),
                new SecretKeys(SHOP, "db"),
                new SecretValue(SHOP, "db", "password"),
                new NamespacePhase(SHOP),
                new ApplyDryRun(SHOP, Path.of("/m.yaml")),
                KubectlGet.workload(SHOP, "Deployment", "web"),
                KubectlGet.pods(SHOP, new Selection.All()),
                KubectlGet.events(SHOP),
                KubectlGet.services(SHOP, WEB),
                KubectlGet.endpoints(SHOP, WEB),
                KubectlGet.ingresses(SHOP, WEB),
                KubectlGet.traefikServices(SHOP, WEB),
                KubectlGet.ingressRoutes(SHOP, WEB),
                KubectlGet.httpRoutes(SHOP, WEB));
    }

    private <T> Answer<T> run(String script, KubectlOperation<T> operation) throws IOException {
        try (PrivateHome home = PrivateHome.open()) {
            return fake(script, home).run(operation, OutputSink.NONE, new Cancellation());
        }
    }

    private Kubectl fake(String script, PrivateHome home) throws IOException {
        return new Kubectl(processes, FakeTool.write(directory, "kubectl", script), List.of(), home);
    }

    private static Answer.NotDone<?> notDone(Answer<?> answer) {
        assertFalse(answer.toString().contains("s3cr3t"), "an answer quotes what the tool printed");
        return assertInstanceOf(Answer.NotDone.class, answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 0",
                "echo 'error: s3cr3t'",
                "echo s3cr3t >&2",
                "printf '{\"kind\":\"List\",\"items\":[{\"kind\":\"s3cr3t'",
                "printf '{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"s3cr3t\"}'",
                "printf '[\"s3cr3t\"]'",
                "printf 'null'",
                "printf '%20000s' | tr ' ' '['"
            })
    void exitCodeZeroIsNotBelievedWithoutTheRightOutput(String script) throws IOException {
        for (KubectlOperation<?> operation : all().toList()) {
            assertEquals(Cause.UNREADABLE, notDone(run(script, operation)).cause(), operation.name());
        }
    }

    @Test
    void aFailureIsToldByItsExitCodeAlone() throws IOException {
        for (KubectlOperation<?> operation : all().toList()) {
            assertEquals(
                    operation.name() + " ended with exit code 3",
                    notDone(run("echo s3cr3t; echo 'error: s3cr3t' >&2; exit 3", operation))
                            .reason());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error from server (NotFound): deployments.apps \"s3cr3t\" not found | NOT_FOUND",
                "Error from server (Forbidden): deployments.apps \"s3cr3t\" is forbidden: User cannot get | FORBIDDEN",
                "The connection to the server s3cr3t:6443 was refused - did you specify the right host or port? | UNREACHABLE",
                "Unable to connect to the server: net/http: TLS handshake timeout | UNREACHABLE",
                "error: You must be logged in to the server (Unauthorized) | UNAUTHENTICATED",
                "Error in configuration: context was not found for specified context: s3cr3t | CONTEXT_UNKNOWN",
                "error: the server doesn't have a resource type \"s3cr3t\" | KIND_UNKNOWN",
                "error: s3cr3t | REFUSED"
            })
    void whatKubectlMeansIsToldInOurOwnWords(String words, Cause cause) throws IOException {
        Files.writeString(directory.resolve("words"), words);
        assertEquals(
                cause,
                notDone(run("cat " + directory + "/words >&2; exit 1", KubectlGet.workload(SHOP, "Deployment", "web")))
                        .cause());
    }

    @Test
    void noIsAnAnswerAndNotAFailure() throws IOException {
        var question = new AccessReview(Optional.empty(), Path.of("/r.json"));
        assertEquals(Answer.done(true), run("echo '{\"status\":{\"allowed\":true}}'; echo s3cr3t >&2", question));
        assertEquals(
                Answer.done(false), run("echo '{\"status\":{\"allowed\":false,\"reason\":\"s3cr3t\"}}'", question));
        for (String odd : List.of("{\"status\":{\"allowed\":\"true\"}}", "{\"allowed\":true}", "{\"status\":true}")) {
            assertEquals(
                    Cause.UNREADABLE,
                    notDone(run("echo '" + odd + "'", question)).cause());
        }
        assertEquals(
                Cause.REFUSED, notDone(run("echo s3cr3t; exit 1", question)).cause());
    }

    @Test
    void namesOfKeysAreAllThatIsKnownOfASecret() throws IOException {
        var question = new SecretKeys(SHOP, "db");
        assertEquals(Answer.done(List.of("password", "user")), run("printf 'key user\\nkey password\\nend'", question));
        assertEquals(Answer.done(List.of()), run("printf end", question));
        assertEquals(
                Cause.UNREADABLE, notDone(run("printf 'key user\\n'", question)).cause());
        assertEquals(
                Cause.UNREADABLE,
                notDone(run("printf 'key user\\ns3cr3t\\nend'", question)).cause());
    }

    @Test
    void anAddressLosesTheUserThatIsInIt() throws IOException {
        assertEquals(
                Answer.done(new KubectlContext.Target("edge", URI.create("https://api.example.org:6443"), "default")),
                run("printf 'edge\\nhttps://me:s3cr3t@api.example.org:6443\\n'", new KubectlContext(Optional.empty())));
        assertEquals(
                Cause.UNREADABLE,
                notDone(run("printf 'edge\\nhttps://s3cr3t ^\\n'", new KubectlContext(Optional.empty())))
                        .cause());
    }

    @Test
    void aListThatIsTooLongIsNoAnswer() throws IOException {
        assertEquals(
                "kubectl get pods ended with exit code 0 but printed more than 16777216 bytes",
                notDone(run(
                                "printf '{\"items\":['; head -c 100000000 /dev/zero | tr '\\0' ' '; printf ']}'",
                                KubectlGet.pods(SHOP, new Selection.All())))
                        .reason());
    }

    private Answer<PortForward.Way> open(String script) throws IOException {
        try (PrivateHome home = PrivateHome.open()) {
            return new PortForward(SHOP, "service/web", 80, Duration.ofMinutes(1))
                    .open(fake(script, home), Duration.ofMillis(500), new Cancellation());
        }
    }

    @Test
    void aWayIsOpenOnceItsPortIsTold() throws IOException {
        var done = assertInstanceOf(
                Answer.Done.class,
                open("printf 'Forwarding from 127.'; sleep 0.1; echo '0.0.1:40123 -> 8080'; exec sleep 300"));
        try (PortForward.Way way = (PortForward.Way) done.value()) {
            assertEquals(40_123, way.port());
            assertEquals(true, way.isOpen());
            way.close();
            assertEquals(false, way.isOpen());
        }
    }

    @Test
    void aWayThatDoesNotOpenIsNotWaitedForLong() {
        assertTimeout(Duration.ofSeconds(10), () -> {
            assertEquals(Cause.TIMED_OUT, notDone(open("exec sleep 300")).cause());
            assertEquals(Cause.TIMED_OUT, notDone(open("yes s3cr3t")).cause());
            assertEquals(Cause.REFUSED, notDone(open("exit 0")).cause());
            assertEquals(
                    Cause.NOT_FOUND,
                    notDone(open("echo 'Error from server (NotFound): services \"s3cr3t\" not found' >&2; exit 1"))
                            .cause());
        });
    }
}
