package dev.railiance.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpServer;
import dev.railiance.contract.Observability;
import dev.railiance.contract.Observability.Credential;
import dev.railiance.contract.value.PrometheusAddress;
import dev.railiance.effect.MetricSource.Answer;
import dev.railiance.effect.MetricSource.Reason;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.kubectl.KubectlServiceForward;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.tool.FakeTool;
import dev.railiance.tool.PrivateHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a contract says about Prometheus, and a kubectl that does as if it forwarded ports. */
class DeclaredPrometheusTest {

    private static final PrometheusAddress SERVICE = new PrometheusAddress.InCluster("monitoring", "prometheus", 9090);

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();
    private PrivateHome home;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        home = PrivateHome.open();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = ("{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1800000000,\"7\"],"
                            + "\"startTime\":\"2020-01-01T00:00:00Z\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        processes.close();
        home.close();
    }

    private DeclaredPrometheus declared(PrometheusAddress address, String kubectl) throws IOException {
        Map<String, String> environment = FakeTool.write(directory, "kubectl", kubectl);
        return new DeclaredPrometheus(
                new Observability.Prometheus(address, new Credential.None(), Optional.empty(), Duration.ofSeconds(10)),
                directory,
                new EnvironmentSecrets(Map.of()),
                new KubectlServiceForward(new Kubectl(processes, environment, List.of(), home), Optional.empty()));
    }

    private static Answer ask(DeclaredPrometheus prometheus) {
        return prometheus.instant("vector(7)", Instant.ofEpochSecond(1_800_000_000), new Cancellation());
    }

    private static double value(Answer answer) {
        return assertInstanceOf(Answer.Samples.class, answer, answer::toString)
                .samples()
                .getFirst()
                .value();
    }

    private static Reason reason(Answer answer) {
        return assertInstanceOf(Answer.Unanswered.class, answer).reason();
    }

    private String forwarding(int port) {
        return "echo \"$@\" >> " + directory.resolve("calls") + "\necho 'Forwarding from 127.0.0.1:" + port
                + " -> 9090'\nexec sleep 300";
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls"));
    }

    @Test
    void anAddressIsAskedWithoutKubectl() throws IOException {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/base/";
        try (DeclaredPrometheus prometheus = declared(new PrometheusAddress.Url(url), forwarding(1))) {
            assertEquals(7, value(ask(prometheus)));
        }
        assertEquals(false, Files.exists(directory.resolve("calls")));
    }

    @Test
    void anAddressThatCannotBeAskedIsNone() throws IOException {
        for (String url : List.of("http://[a/", "https://p:99999", "http://p/?a=b", "http://user:pw@p/")) {
            try (DeclaredPrometheus prometheus = declared(new PrometheusAddress.Url(url), "exit 1")) {
                assertEquals(new Reason.NoAddress(), reason(ask(prometheus)), url);
            }
        }
    }

    @Test
    void oneWayServesManyQuestions() throws IOException {
        try (DeclaredPrometheus prometheus =
                declared(SERVICE, forwarding(server.getAddress().getPort()))) {
            assertEquals(7, value(ask(prometheus)));
            assertEquals(7, value(ask(prometheus)));
        }
        assertEquals(
                List.of("port-forward service/prometheus :9090 --address=127.0.0.1 --namespace=monitoring"), calls());
    }

    @Test
    void aWayThatLeadsNowhereAnyMoreIsOpenedAgain() throws IOException {
        int nobody;
        try (var free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        String script = "[ -e " + directory.resolve("calls") + " ] && port="
                + server.getAddress().getPort() + " || port=" + nobody + "\n"
                + forwarding(0)
                        .replace("'Forwarding from 127.0.0.1:0 ->", "\"Forwarding from 127.0.0.1:$port ->")
                        .replace("9090'", "9090\"");
        try (DeclaredPrometheus prometheus = declared(SERVICE, script)) {
            assertEquals(7, value(ask(prometheus)));
            assertEquals(2, calls().size());
        }
    }

    @Test
    void whyThereIsNoWayIsToldInWordsOfOurOwn() throws IOException {
        try (DeclaredPrometheus prometheus =
                declared(SERVICE, "echo 'Error from server (NotFound): services \"s3cr3t\" not found' >&2; exit 1")) {
            assertEquals(
                    new Reason.NotForwarded("kubectl port-forward ended with exit code 1: there is no such object"),
                    reason(ask(prometheus)));
        }
    }

    @Test
    void nothingIsOpenedAfterACancellation() throws IOException {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        try (DeclaredPrometheus prometheus = declared(SERVICE, "exec sleep 300")) {
            assertEquals(
                    new Reason.Cancelled(),
                    reason(prometheus.instant("up", Instant.ofEpochSecond(1_800_000_000), cancellation)));
        }
    }
}
