package dev.railiance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.value.PrometheusAddress;
import dev.railiance.contract.value.SecretLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContractReaderTest {

    private static final Path EXAMPLE = Contracts.EXAMPLES.resolve("railiance/app.toml");

    @TempDir
    private Path repository;

    @Test
    void theExampleHasNoFault() {
        Contract contract = Contracts.example(EXAMPLE, Contracts.EXAMPLES);
        assertEquals(List.of(), Contracts.faults(contract));
        assertEquals("railiance/app.toml", contract.file());
        assertInstanceOf(Contract.Valid.class, contract);
    }

    @Test
    void theDigestIsThatOfTheBytesInTheFile() throws Exception {
        var valid = assertInstanceOf(Contract.Valid.class, Contracts.example(EXAMPLE, Contracts.EXAMPLES));
        byte[] bytes = Files.readAllBytes(EXAMPLE);
        assertEquals(
                "sha256:"
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                valid.digest());
        assertEquals(bytes.length, valid.bytes().remaining());
        assertTrue(valid.bytes().isReadOnly());
    }

    @Test
    void theExampleBecomesRecords() {
        AppContract contract = assertInstanceOf(Contract.Valid.class, Contracts.example(EXAMPLE, Contracts.EXAMPLES))
                .contract();
        assertEquals(AppIdentity.Criticality.CRITICAL, contract.app().criticality());
        assertEquals("shop", contract.deploy().orElseThrow().namespace());
        assertEquals(
                new SecretLocation.Environment("NPM_TOKEN"),
                contract.secrets().get(2).location());
        assertEquals(Set.of(2, 3), contract.secrets().getFirst().neededIn());
        assertEquals(
                List.of(new WeightStep(10, Duration.ofMinutes(5)), new WeightStep(50, Duration.ofMinutes(10))),
                contract.stage2().steps());
        assertEquals(Stage2.Router.TRAEFIK, contract.stage2().router());
        var metric =
                assertInstanceOf(Gate.Metric.class, contract.stage2().gates().get(3));
        assertEquals(Gate.Comparison.AT_MOST, metric.comparison());
        assertEquals(0.01, metric.limit());
        var probe = assertInstanceOf(
                Dependency.Probe.Resource.class, contract.dependencies().get(1).probe());
        assertEquals("certificate/shop-web", probe.resource());
        var once = assertInstanceOf(Freeze.Once.class, contract.freeze().getFirst());
        assertEquals(Instant.parse("2026-12-18T17:00:00Z"), once.from().toInstant());
        assertEquals(OptionalInt.of(3), once.overrideRequired());
        DeclaredTarget target = contract.stage1().target().orElseThrow();
        assertEquals(Duration.ofSeconds(30), target.startup());
        assertEquals(List.of("./stop.sh"), target.stop().orElseThrow().argv());
    }

    @Test
    void theLeastContractHasEveryDefault() {
        AppContract contract = new Contracts(repository).valid(Contracts.LEAST);
        assertEquals("shop-web", contract.app().title());
        assertEquals(AppIdentity.Criticality.STANDARD, contract.app().criticality());
        assertEquals(Artifact.Policy.DIGEST_PINNED, contract.artifact().policy());
        assertEquals(Optional.empty(), contract.deploy());
        assertEquals(Duration.ofSeconds(60), contract.health().startup());
        assertEquals(Stage2.Mode.ISOLATED, contract.stage2().mode());
        assertEquals(Stage3.Mode.DIRECT, contract.stage3().mode());
        assertEquals(Rollback.Strategy.HELM_REVISION, contract.rollback().strategy());
        assertTrue(contract.rollback().automatic());
        var rule = new Approval.Rule(0, List.of(), true, Duration.ofHours(24), true);
        assertEquals(new Approval("railiance/allowed_signers", rule, rule, rule), contract.approval());
    }

    @Test
    void stageOneHasItsDefaults() {
        Stage1 stage1 = new Contracts(repository).valid(Contracts.LEAST + """
                commands = [{ name = "test", argv = ["make"] }]
                checks = [{ name = "page", kind = "http", url = "http://127.0.0.1:8080/" }]
                target = { argv = ["./run"], ready = { kind = "tcp", address = "127.0.0.1:8080" } }
                """).stage1();
        assertEquals(
                List.of(new DeclaredCommand("test", List.of("make"), ".", Duration.ofMinutes(10), List.of())),
                stage1.commands());
        var page = assertInstanceOf(Check.Http.class, stage1.checks().getFirst());
        assertEquals("GET", page.method());
        assertEquals(200, page.status());
        assertEquals(Duration.ofSeconds(10), page.timeout());
        DeclaredTarget target = stage1.target().orElseThrow();
        assertEquals(Duration.ofSeconds(60), target.startup());
        assertEquals(Duration.ofMillis(200), target.interval());
        assertEquals(Duration.ofSeconds(5), target.grace());
        assertEquals(Optional.empty(), target.stop());
    }

    @Test
    void aTargetWithoutABudgetOfItsOwnHasThatOfTheApplicationsHealth() {
        String text = Contracts.LEAST + """
                target = { argv = ["./run"], ready = { kind = "file", path = "up" } }
                [health]
                startup = "3m"
                """;
        assertEquals(
                Duration.ofMinutes(3),
                new Contracts(repository)
                        .valid(text)
                        .stage1()
                        .target()
                        .orElseThrow()
                        .startup());
    }

    @Test
    void theWayToPrometheusBecomesARecord() {
        assertEquals(
                new Observability.Prometheus(
                        new PrometheusAddress.Url("http://prometheus:9090/base"),
                        new Observability.Credential.None(),
                        Optional.empty(),
                        Duration.ofSeconds(10)),
                prometheus("prometheus = 'http://prometheus:9090/base'"));
        assertEquals(
                new Observability.Prometheus(
                        new PrometheusAddress.Url("https://prometheus"),
                        new Observability.Credential.Bearer(new SecretLocation.Environment("READER")),
                        Optional.of("ca.pem"),
                        Duration.ofMillis(1500)),
                prometheus("""
                        prometheus = "https://prometheus"
                        prometheus_ca = "ca.pem"
                        prometheus_timeout = "1500ms"
                        prometheus_auth = { kind = "bearer", ref = "env:READER" }
                        """));
        assertEquals(
                new Observability.Prometheus(
                        new PrometheusAddress.InCluster("monitoring", "prometheus", 9090),
                        new Observability.Credential.Basic(
                                "gate", new SecretLocation.Kubernetes("monitoring", "reader", "password")),
                        Optional.empty(),
                        Duration.ofSeconds(10)),
                prometheus("""
                        prometheus = "service:monitoring/prometheus:9090"
                        [observability.prometheus_auth]
                        kind = "basic"
                        user = "gate"
                        ref = "k8s:monitoring/reader#password"
                        """));
    }

    private Observability.Prometheus prometheus(String toml) {
        return new Contracts(repository)
                .valid(Contracts.LEAST + "[observability]\n" + toml + "\n")
                .observability()
                .prometheus()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prometheus = 'service:monitoring/prometheus'",
                "prometheus = 'service:prometheus:9090'",
                "prometheus = 'service:Monitoring/prometheus:9090'",
                "prometheus = 'service:a/b:9090/x'",
                "prometheus_auth = { kind = 'basic', user = 'a:b', ref = 'env:A' }",
                "prometheus_auth = { kind = 'bearer', ref = 'plain' }"
            })
    void aWayToPrometheusOfAnotherFormIsRefused(String toml) {
        assertTrue(new Contracts(repository)
                .faults(Contracts.LEAST + "[observability]\n" + toml + "\n").stream()
                        .anyMatch(fault -> fault.endsWith(" wrong-form")));
    }

    @Test
    void everyKindOfGateBecomesARecordWithItsDefaults() {
        AppContract contract = new Contracts(repository).valid(Contracts.LEAST + """
                [observability]
                prometheus = "http://prometheus:9090"
                [stage2]
                gates = [
                  { name = "a", kind = "rollout" },
                  { name = "b", kind = "pods" },
                  { name = "c", kind = "http", url = "http://c/" },
                  { name = "d", kind = "metric", query = "up", comparison = "==", limit = 1 },
                  { name = "e", kind = "compare", query = "up{track='$TRACK'}" },
                  { name = "f", kind = "command", argv = ["true"] },
                ]
                """);
        assertEquals(6, contract.stage2().gates().size());
        var stake = new Gate.Stake(true, false, 1, false);
        assertTrue(
                contract.stage2().gates().stream().allMatch(gate -> gate.stake().equals(stake)));
        assertEquals(
                new Gate.Sampling(20, Duration.ofSeconds(15), Gate.NoData.HOLD),
                assertInstanceOf(Gate.Compare.class, contract.stage2().gates().get(4))
                        .sampling());
    }

    @Test
    void aWarningLeavesTheContractValid() {
        Contract contract = new Contracts(repository)
                .read(Contracts.LEAST + "[stage2]\ngates = [{ name = 'a', kind = 'pods', shadow = true }]\n");
        assertEquals(List.of("6:1 no-required-gate"), Contracts.faults(contract));
        assertInstanceOf(Contract.Valid.class, contract);
    }

    @Test
    void anotherVersionIsTheOnlyFault() {
        assertEquals(
                List.of("1:10 unknown-schema"),
                new Contracts(repository).faults("schema = \"railiance.app.v2\"\n[application]\nname = 1\n"));
    }

    @Test
    void aMisspeltVersionDoesNotHideOtherFaults() {
        assertEquals(
                List.of("1:10 unknown-schema", "2:1 unknown-key"),
                new Contracts(repository).faults(Contracts.LEAST.replace("app.v1\"\n", "app.1\"\nfoo = 1\n")));
    }

    @Test
    void filesOutsideTheRepositoryAreNamedAsTheyWereGiven() throws IOException {
        Path elsewhere = Files.createTempFile("contract", ".toml");
        try {
            Files.writeString(elsewhere, Contracts.LEAST);
            assertEquals(
                    elsewhere.toString(),
                    Contracts.example(elsewhere, repository).file());
        } finally {
            Files.delete(elsewhere);
        }
    }
}
