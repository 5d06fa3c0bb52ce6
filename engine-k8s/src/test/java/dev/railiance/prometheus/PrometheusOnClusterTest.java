package dev.railiance.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.contract.Observability;
import dev.railiance.contract.Observability.Credential;
import dev.railiance.contract.value.PrometheusAddress;
import dev.railiance.contract.value.SecretLocation;
import dev.railiance.effect.MetricSource;
import dev.railiance.effect.MetricSource.Answer;
import dev.railiance.effect.MetricSource.Reason;
import dev.railiance.effect.SecretSource;
import dev.railiance.effect.SecretSource.Lack;
import dev.railiance.effect.ServiceForward;
import dev.railiance.effect.ServiceForward.Opening;
import dev.railiance.http.HttpClient;
import dev.railiance.http.HttpProber;
import dev.railiance.http.HttpProber.Probe;
import dev.railiance.http.HttpRequest;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.kubectl.KubectlSecrets;
import dev.railiance.kubectl.KubectlServiceForward;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.tool.PrivateHome;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus behind a service of a real cluster, reached by a real kubectl. It runs on this machine, and a pod hands
 * connections on to it: no image of it is needed.
 */
@Tag("e2e")
class PrometheusOnClusterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String QUERY = "requests_total{track='canary'}";

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void theWayThatAContractDeclaresLeadsToSamples() throws IOException {
        assumeTrue(RealPrometheus.program().isPresent(), "no prometheus on PATH: nothing real to ask");
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-prometheus")) {
            cluster.createNamespace();
            String here = cluster.namespace().name();
            Files.writeString(
                    directory.resolve("web.yml"), "basic_auth_users: {gate: '" + PrometheusSourceTest.HASH + "'}\n");
            try (RealPrometheus prometheus = new RealPrometheus(
                    directory, towards(cluster), "--web.config.file=" + directory.resolve("web.yml"))) {
                cluster.apply(objects(prometheus.address("http")));
                cluster.kubectl("rollout", "status", "deployment", "--timeout=90s", "--namespace=" + here);
                for (Path program : RealCluster.kubectls()) {
                    Map<String, String> environment = cluster.with("kubectl", program);
                    assertSamples(environment, here);
                    assertRefusals(environment, here);
                    assertMetricsOfTheApplication(environment, here);
                    assertDenied(cluster.withoutRights(environment), here);
                }
            }
        }
    }

    /** The address of this machine that pods reach: that from which it reaches their API server. */
    private static InetAddress towards(RealCluster cluster) throws IOException {
        URI server = URI.create(
                cluster.kubectl("config", "view", "--minify", "--output=jsonpath={.clusters[0].cluster.server}"));
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            return socket.getLocalAddress();
        }
    }

    private DeclaredPrometheus declared(Kubectl kubectl, String here, String service, String ref) {
        return new DeclaredPrometheus(
                new Observability.Prometheus(
                        PrometheusAddress.parse("service:" + here + "/" + service)
                                .orElseThrow(),
                        new Credential.Basic("gate", SecretLocation.parse(ref).orElseThrow()),
                        Optional.empty(),
                        Duration.ofSeconds(20)),
                directory,
                new EnvironmentSecrets(Map.of(), new KubectlSecrets(kubectl, Optional.empty())),
                new KubectlServiceForward(kubectl, Optional.empty()));
    }

    private static Answer ask(MetricSource source) {
        return source.instant(QUERY, Instant.now(), new Cancellation());
    }

    private static Reason reason(MetricSource source) {
        return assertInstanceOf(Answer.Unanswered.class, ask(source)).reason();
    }

    private void assertSamples(Map<String, String> environment, String here) throws IOException {
        try (PrivateHome home = PrivateHome.open();
                DeclaredPrometheus prometheus = declared(
                        new Kubectl(processes, environment, List.of(), home),
                        here,
                        "prometheus:9090",
                        "k8s:" + here + "/reader#password")) {
            RealPrometheus.until(() -> ask(prometheus) instanceof Answer.Samples);
            Answer.Samples samples = assertInstanceOf(Answer.Samples.class, ask(prometheus));
            assertEquals(7, samples.samples().getFirst().value());
            assertTrue(samples.continuity().whole(), samples::toString);
        }
    }

    private void assertRefusals(Map<String, String> environment, String here) throws IOException {
        try (PrivateHome home = PrivateHome.open()) {
            Kubectl kubectl = new Kubectl(processes, environment, List.of(), home);
            assertEquals(
                    new Reason.Refused(401), once(kubectl, here, "prometheus:9090", "k8s:" + here + "/reader#other"));
            assertEquals(
                    new Reason.NoCredential(Lack.ABSENT),
                    once(kubectl, here, "prometheus:9090", "k8s:" + here + "/reader#none"));
            assertEquals(
                    new Reason.NoCredential(Lack.ABSENT),
                    once(kubectl, here, "prometheus:9090", "k8s:" + here + "/nobody#password"));
            assertEquals(
                    new Reason.NoCredential(Lack.UNUSABLE),
                    once(kubectl, here, "prometheus:9090", "k8s:" + here + "/reader#lines"));
            assertEquals(
                    new Reason.NoCredential(Lack.UNSUPPORTED),
                    once(kubectl, here, "prometheus:9090", "vault:team/metrics#password"));
            assertEquals(
                    new Reason.NotForwarded("kubectl port-forward ended with exit code 1: there is no such object"),
                    once(kubectl, here, "nobody:9090", "k8s:" + here + "/reader#password"));
            assertEquals(new Reason.Malformed(), once(kubectl, here, "good:80", "k8s:" + here + "/reader#password"));
        }
    }

    private Reason once(Kubectl kubectl, String here, String service, String ref) {
        try (DeclaredPrometheus prometheus = declared(kubectl, here, service, ref)) {
            return reason(prometheus);
        }
    }

    private void assertMetricsOfTheApplication(Map<String, String> environment, String here) throws IOException {
        try (PrivateHome home = PrivateHome.open()) {
            ServiceForward forward =
                    new KubectlServiceForward(new Kubectl(processes, environment, List.of(), home), Optional.empty());
            var opened = assertInstanceOf(
                    Opening.Opened.class,
                    forward.open(new ServiceForward.Service(here, "good", 80), MINUTE, MINUTE, new Cancellation()));
            try (ServiceForward.Way way = opened.way()) {
                HttpRequest metrics = new HttpRequest(
                        URI.create("http://127.0.0.1:" + way.port() + "/metrics"),
                        "GET",
                        Optional.of("canary.shop.example.org"),
                        Map.of(),
                        "",
                        HttpRequest.BODY_LIMIT);
                HttpProber.Probes probes = new HttpProber(new HttpClient(System::nanoTime, Optional.empty()))
                        .probe(
                                new HttpProber.Series(
                                        metrics, Optional.of("http_request_duration_seconds"), 20, MINUTE, MINUTE),
                                new Cancellation());
                assertEquals(20, probes.probes().size());
                for (Probe probe : probes.probes()) {
                    Probe.Answered answered = assertInstanceOf(Probe.Answered.class, probe);
                    assertEquals(200, answered.status());
                    assertTrue(answered.matched());
                }
            }
        }
    }

    private void assertDenied(Map<String, String> environment, String here) throws IOException {
        try (PrivateHome home = PrivateHome.open()) {
            Kubectl kubectl = new Kubectl(processes, environment, List.of(), home);
            assertEquals(
                    new SecretSource.Reading.Lacking(Lack.DENIED),
                    new KubectlSecrets(kubectl, Optional.empty())
                            .read(new SecretLocation.Kubernetes(here, "reader", "password"), new Cancellation()));
            assertInstanceOf(
                    Reason.NotForwarded.class,
                    once(kubectl, here, "prometheus:9090", "k8s:" + here + "/reader#password"));
        }
    }

    private static String objects(URI prometheus) throws IOException {
        return Files.readString(RealCluster.CHART.resolveSibling("prometheus.yaml"))
                .replace("HOST", prometheus.getHost())
                .replace("PORT", Integer.toString(prometheus.getPort()));
    }
}
