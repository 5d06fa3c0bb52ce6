package dev.railiance.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.contract.Observability.Credential;
import dev.railiance.contract.value.SecretLocation;
import dev.railiance.effect.MetricSource;
import dev.railiance.effect.MetricSource.Answer;
import dev.railiance.effect.MetricSource.Reason;
import dev.railiance.effect.SecretSource.Lack;
import dev.railiance.process.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusSourceTest {

    private static final String CANARY = "requests_total{track='canary'}";

    @TempDir
    Path directory;

    @BeforeAll
    static void needsPrometheus() {
        assumeTrue(
                RealPrometheus.program().isPresent(),
                "no prometheus on PATH and RAILIANCE_TEST_PROMETHEUS is not set: nothing real to ask");
    }

    @Test
    void readsSamplesOfOneSeries() throws IOException {
        try (RealPrometheus prometheus = new RealPrometheus(directory)) {
            MetricSource source = prometheus.source();
            Instant from = prometheus.scraped(source);
            RealPrometheus.until(() -> Instant.now().isAfter(from.plusSeconds(2)));
            MetricSource.Range range =
                    new MetricSource.Range(CANARY, from, from.plusSeconds(2), Duration.ofMillis(500));
            Answer.Samples answer = assertInstanceOf(Answer.Samples.class, source.range(range, new Cancellation()));

            assertEquals(5, answer.samples().size());
            assertTrue(answer.samples().stream().allMatch(sample -> sample.value() == 7));
            assertEquals(from.toEpochMilli(), answer.samples().getFirst().at().toEpochMilli());
            assertTrue(answer.continuity().whole(), answer.continuity()::toString);

            assertTrue(Double.isNaN(value(source, CANARY + " * 0 / 0")));
            assertEquals(Double.POSITIVE_INFINITY, value(source, CANARY + " / 0"));
            assertEquals(0.75, value(source, "latency_bucket{le='0.1'} / ignoring(le) latency_count"));
            assertEquals(3, value(source, "1 + 2"));
            assertEquals(new Reason.NoData(), reason(source, "requests_total{track='nobody'}"));
            assertEquals(new Reason.SeveralSeries(2), reason(source, "requests_total"));
            assertEquals(new Reason.Refused(400), reason(source, "requests_total{"));
            assertEquals(new Reason.Refused(422), reason(source, "requests_total * on() requests_total"));
        }
    }

    @Test
    void saysThatTheServerWasRestartedInTheWindow() throws IOException {
        try (RealPrometheus prometheus = new RealPrometheus(directory)) {
            MetricSource source = prometheus.source();
            Instant from = prometheus.scraped(source);
            prometheus.stop();
            assertEquals(new Reason.Unreachable(), reason(source, CANARY));

            prometheus.start();
            Instant to = prometheus.scraped(source);
            Answer.Samples answer = assertInstanceOf(
                    Answer.Samples.class,
                    source.range(new MetricSource.Range(CANARY, from, to, Duration.ofMillis(250)), new Cancellation()));
            assertEquals(MetricSource.Start.WITHIN_WINDOW, answer.continuity().start());
            assertFalse(answer.continuity().whole());
        }
    }

    @Test
    void countsTheStepsThatAreMissing() throws IOException {
        try (RealPrometheus prometheus = new RealPrometheus(directory)) {
            MetricSource source = prometheus.source();
            Instant now = prometheus.scraped(source);
            Answer.Samples answer = assertInstanceOf(
                    Answer.Samples.class,
                    source.range(
                            new MetricSource.Range(CANARY, now.minusSeconds(600), now, Duration.ofSeconds(60)),
                            new Cancellation()));
            assertEquals(10, answer.continuity().missing());
        }
    }

    @Test
    void saysWhoItIsOverTlsWithAnAuthorityOfItsOwn() throws Exception {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem",
                "-subj",
                "/CN=prometheus",
                "-addext",
                "subjectAltName=IP:127.0.0.1");
        // The bcrypt hash of "railiance", made by htpasswd -B.
        Files.writeString(
                directory.resolve("web.yml"),
                "tls_server_config: {cert_file: cert.pem, key_file: key.pem}\nbasic_auth_users: {gate: '" + HASH
                        + "'}\n");
        try (RealPrometheus prometheus =
                new RealPrometheus(directory, "--web.config.file=" + directory.resolve("web.yml"))) {
            Optional<Path> authority = Optional.of(directory.resolve("cert.pem"));
            MetricSource source = asking(prometheus, authority, "railiance");
            prometheus.scraped(source);
            assertEquals(7, value(source, CANARY));
            assertEquals(new Reason.Refused(401), reason(asking(prometheus, authority, "wrong"), CANARY));
            assertEquals(new Reason.NoCredential(Lack.ABSENT), reason(asking(prometheus, authority, ""), CANARY));
            assertEquals(
                    new Reason.NoCredential(Lack.UNUSABLE), reason(asking(prometheus, authority, "a\r\nb: c"), CANARY));
            assertEquals(new Reason.Untrusted(), reason(asking(prometheus, Optional.empty(), "railiance"), CANARY));
        }
    }

    static final String HASH = "$2y$05$4HIyYtDVWo48UKB2I01YUuMr2ZF.NfnVdSaJtVUWdVnNSwaNskX/S";

    private static MetricSource asking(RealPrometheus prometheus, Optional<Path> authority, String password) {
        return new PrometheusSource(
                new PrometheusAccess(
                        prometheus.address("https"),
                        new Credential.Basic("gate", new SecretLocation.Environment("PASSWORD")),
                        authority,
                        Duration.ofSeconds(10)),
                new EnvironmentSecrets(Map.of("PASSWORD", password)));
    }

    private void run(String... argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("tool.log").toFile())
                .start();
        assertEquals(0, process.waitFor());
    }

    private static double value(MetricSource source, String query) {
        Answer answer = source.instant(query, Instant.now(), new Cancellation());
        return assertInstanceOf(Answer.Samples.class, answer)
                .samples()
                .getFirst()
                .value();
    }

    private static Reason reason(MetricSource source, String query) {
        Answer answer = source.instant(query, Instant.now(), new Cancellation());
        return assertInstanceOf(Answer.Unanswered.class, answer).reason();
    }
}
