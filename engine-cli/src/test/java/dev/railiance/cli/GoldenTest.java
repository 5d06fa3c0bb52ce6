package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.cli.output.Terminal;
import dev.railiance.contract.schema.SchemaCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each row is a command line in a repository of a certain kind; the golden file holds its exit code and all that it prints.
 * {@code -Dgolden.update=true} writes the files anew. Every JSON document is also held against its schema.
 */
class GoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String FAULTY = """
            schema = "railiance.app.v1"

            [app]
            name = "Shop"

            [owner]
            teem = "web"

            [stage1]
            """;

    private static final String[] OVERLAY = {
        "create-overlay",
        "web",
        "--upstream",
        "https://git.example.org/web/web",
        "--revision",
        "v1.0.0",
        "--image",
        "registry.example.net/web/web:1.0.0"
    };

    private static String userName = "";

    @TempDir
    static Path parent;

    /** In which repository, seen by whom, which words. */
    private record Row(String name, Kind kind, Terminal terminal, List<String> words) {}

    private enum Kind {
        EMPTY,
        FAULTY,
        FRESH,
        PASSED,
        FAILED,
        ERRORED,
        /** One with an overlay, whose README was edited. */
        OVERLAY,
        /** Three promotions at fixed times, one of them in production. */
        TRAVELLED,
        /** A contract with gates, and files of samples beside it. */
        GATED,
        /** One whose Stage 2 wants one approval, signed or not. */
        APPROVABLE,
        /** One whose Stage 2 has steps and gates, and has not begun. */
        OBSERVED
    }

    @BeforeAll
    static void oneUser() {
        userName = System.setProperty("user.name", "ada");
    }

    @BeforeAll
    static void oneKey() throws IOException, GeneralSecurityException {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        Files.writeString(
                parent.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    @AfterAll
    static void theUserThatWas() {
        System.setProperty("user.name", userName);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandLinePrintsWhatItsGoldenFileHolds() {
        return Stream.of(
                        piped("run-passed", Kind.FRESH, "run", "-q"),
                        seen("run-passed-text", Kind.FRESH, "run"),
                        piped("run-failed", Kind.FAILED, "run"),
                        seen("run-failed-text", Kind.FAILED, "run", "--quiet"),
                        piped("run-errored", Kind.ERRORED, "run", "-q"),
                        seen("run-invalid-contract-text", Kind.FAULTY, "run"),
                        piped("run-invalid-contract", Kind.FAULTY, "run"),
                        piped("run-without-contract", Kind.EMPTY, "run"),
                        piped("run-result-unwritable", Kind.FRESH, "run", "--result", "no/such/directory/r.json"),
                        piped("run-no-such-repository", Kind.FRESH, "run", "--repo", "nowhere"),
                        piped("status-passed", Kind.PASSED, "status"),
                        seen("status-passed-text", Kind.PASSED, "status"),
                        seen("status-failed-text", Kind.FAILED, "status"),
                        piped("status-yaml", Kind.PASSED, "status", "-o", "yaml"),
                        piped("status-nothing", Kind.FRESH, "status"),
                        seen("status-nothing-text", Kind.FRESH, "status"),
                        piped("status-all", Kind.PASSED, "status", "--all"),
                        seen("status-all-text", Kind.PASSED, "status", "--all"),
                        seen("status-all-nothing-text", Kind.FRESH, "status", "--all"),
                        piped("status-all-nothing", Kind.FRESH, "status", "--all"),
                        piped("status-unknown-id", Kind.PASSED, "status", "ffff"),
                        piped("status-limit-of-words", Kind.PASSED, "status", "--all", "--limit", "many"),
                        piped("history", Kind.PASSED, "history"),
                        seen("history-text", Kind.PASSED, "history"),
                        seen("history-failed-text", Kind.FAILED, "history"),
                        seen("history-nothing-text", Kind.FRESH, "history"),
                        piped("explain", Kind.TRAVELLED, "explain"),
                        seen("explain-text", Kind.TRAVELLED, "explain"),
                        seen("explain-first-run-text", Kind.PASSED, "explain", "--at", "0"),
                        seen("explain-consequence-text", Kind.TRAVELLED, "explain", "--at", "6"),
                        seen("explain-no-such-event-text", Kind.PASSED, "explain", "--at", "3"),
                        piped("explain-at-words", Kind.PASSED, "explain", "--at", "first"),
                        seen("explain-nothing-text", Kind.FRESH, "explain"),
                        piped("replay", Kind.TRAVELLED, "replay"),
                        seen("replay-text", Kind.TRAVELLED, "replay"),
                        piped("replay-policy", Kind.TRAVELLED, "replay", "--policy", "strict.toml"),
                        seen("replay-policy-text", Kind.TRAVELLED, "replay", "--policy", "strict.toml"),
                        seen("replay-other-target-text", Kind.TRAVELLED, "replay", "--policy", "mail.toml"),
                        seen("replay-no-such-policy-text", Kind.TRAVELLED, "replay", "--policy", "none.toml"),
                        piped("replay-nothing", Kind.FRESH, "replay"),
                        seen("replay-unknown-id-text", Kind.FRESH, "replay", "ffff"),
                        piped("stats", Kind.TRAVELLED, "stats"),
                        seen("stats-text", Kind.TRAVELLED, "stats"),
                        piped("stats-before-anything", Kind.TRAVELLED, "stats", "--until", "2026-01-05"),
                        seen("stats-since-text", Kind.TRAVELLED, "stats", "--since", "2026-01-09T00:00:00+01:00"),
                        seen("stats-nothing-text", Kind.FRESH, "stats"),
                        piped("stats-since-words", Kind.FRESH, "stats", "--since", "yesterday"),
                        piped("audit-trail", Kind.PASSED, "audit", "trail"),
                        piped("audit-verify", Kind.PASSED, "audit", "verify", "--statuses"),
                        seen("audit-verify-text", Kind.PASSED, "audit", "verify", "--chain-only"),
                        piped("audit-rebuild", Kind.PASSED, "audit", "rebuild", "--apply"),
                        seen("audit-rebuild-text", Kind.PASSED, "audit", "rebuild"),
                        piped("audit-verify-nothing", Kind.FRESH, "audit", "verify"),
                        piped("audit-verify-no-anchor", Kind.PASSED, "audit", "verify", "--anchor", "head.json"),
                        seen(
                                "audit-verify-anchor-of-another-kind",
                                Kind.PASSED,
                                "audit",
                                "verify",
                                "--anchor",
                                "railiance/app.toml",
                                "--ledger",
                                ".railiance"),
                        seen("audit-verify-key-alone", Kind.PASSED, "audit", "verify", "--key", "../../key.pem"),
                        seen("audit-verify-unknown-id", Kind.PASSED, "audit", "verify", "ffff"),
                        piped("audit-checkpoint", Kind.PASSED, "audit", "checkpoint", "--key", "../../key.pem"),
                        seen("audit-checkpoint-text", Kind.PASSED, "audit", "checkpoint", "--key", "../../key.pem"),
                        seen("audit-checkpoint-no-key", Kind.PASSED, "audit", "checkpoint"),
                        seen("audit-checkpoint-nothing", Kind.FRESH, "audit", "checkpoint", "--key", "../../key.pem"),
                        seen(
                                "audit-checkpoint-bad-key",
                                Kind.PASSED,
                                "audit",
                                "checkpoint",
                                "--key",
                                "railiance/app.toml"),
                        seen("audit-export-nothing", Kind.FRESH, "audit", "export"),
                        seen("audit-import-no-file", Kind.PASSED, "audit", "import"),
                        piped("audit-import-nowhere", Kind.PASSED, "audit", "import", "nowhere.zip"),
                        seen("audit", Kind.EMPTY, "audit"),
                        seen("help-audit", Kind.EMPTY, "help", "audit"),
                        seen("help-audit-verify", Kind.EMPTY, "help", "audit", "verify"),
                        seen("audit-checkpoint-help", Kind.EMPTY, "audit", "checkpoint", "--help"),
                        seen("help-audit-trail", Kind.EMPTY, "help", "audit", "trail"),
                        seen("help-audit-export", Kind.EMPTY, "help", "audit", "export"),
                        seen("help-audit-import", Kind.EMPTY, "help", "audit", "import"),
                        seen("audit-unknown-text", Kind.EMPTY, "audit", "verfy"),
                        piped("audit-unknown", Kind.EMPTY, "audit", "verfy"),
                        piped("audit-option-first", Kind.EMPTY, "audit", "--anchor", "x", "verify"),
                        seen("deploy-no-stage", Kind.FRESH, "deploy"),
                        seen("deploy-contradiction", Kind.FRESH, "deploy", "--stage", "2", "--apply", "--dry-run"),
                        piped("deploy-nothing-declared", Kind.PASSED, "deploy", "--stage", "2"),
                        seen("help-deploy", Kind.EMPTY, "help", "deploy"),
                        seen("help-promote", Kind.EMPTY, "help", "promote"),
                        seen("promote-not-recorded-text", Kind.FRESH, "promote"),
                        piped("promote-apply-and-dry-run", Kind.PASSED, "promote", "--apply", "--dry-run"),
                        piped("promote-without-deployment", Kind.PASSED, "promote", "--apply"),
                        seen("help-rollback", Kind.EMPTY, "help", "rollback"),
                        seen("rollback-nothing-text", Kind.PASSED, "rollback"),
                        piped("rollback-unknown-id", Kind.PASSED, "rollback", "ffff"),
                        piped("rollback-revision-of-words", Kind.PASSED, "rollback", "--revision", "last"),
                        seen("help-observe", Kind.EMPTY, "help", "observe"),
                        piped("observe", Kind.OBSERVED, "observe"),
                        seen("observe-text", Kind.OBSERVED, "observe"),
                        seen("observe-live-too-early-text", Kind.OBSERVED, "observe", "--live"),
                        piped("observe-watch-too-early", Kind.OBSERVED, "observe", "--watch", "-o", "text"),
                        seen("observe-nothing-text", Kind.FRESH, "observe"),
                        piped("observe-without-deployment", Kind.PASSED, "observe"),
                        seen("help-abort", Kind.EMPTY, "help", "abort"),
                        piped("abort", Kind.PASSED, "abort"),
                        seen("abort-text", Kind.PASSED, "abort"),
                        piped("abort-apply", Kind.PASSED, "abort", "--apply", "--reason", "not wanted"),
                        seen("abort-nothing-text", Kind.FRESH, "abort"),
                        piped("approvals", Kind.TRAVELLED, "approvals"),
                        seen("approvals-text", Kind.TRAVELLED, "approvals"),
                        seen("approvals-nobody-text", Kind.PASSED, "approvals"),
                        seen("approvals-nothing-text", Kind.FRESH, "approvals"),
                        piped("approve", Kind.APPROVABLE, approved("2", "--unsigned", "--reason", "looks good")),
                        seen("approve-text", Kind.APPROVABLE, approved("2", "--unsigned", "--reason", "looks good")),
                        piped(
                                "approve-print",
                                Kind.APPROVABLE,
                                approved("2", "--print", "--as", "grace", "--reason", "ok")),
                        seen("approve-print-nobody-text", Kind.APPROVABLE, approved("2", "--print", "--reason", "ok")),
                        seen("approve-early-text", Kind.APPROVABLE, approved("3", "--unsigned", "--reason", "ok")),
                        seen(
                                "approve-no-such-key-text",
                                Kind.APPROVABLE,
                                approved("2", "--key", "none", "--reason", "ok")),
                        seen("approve-no-reason-text", Kind.APPROVABLE, approved("2", "--unsigned")),
                        seen("approve-no-signature-text", Kind.APPROVABLE, approved("2", "--reason", "ok")),
                        seen(
                                "approve-withdraw-nothing-text",
                                Kind.APPROVABLE,
                                "approve",
                                "--withdraw",
                                "--unsigned",
                                "--reason",
                                "ok"),
                        piped("approve-not-listed", Kind.TRAVELLED, approved("3", "--unsigned", "--reason", "ok")),
                        seen(
                                "approve-no-plan-text",
                                Kind.TRAVELLED,
                                "approve",
                                "--stage",
                                "3",
                                "--unsigned",
                                "--reason",
                                "ok"),
                        seen("approve-no-stage-text", Kind.TRAVELLED, "approve", "--unsigned"),
                        seen("approve-half-brought-text", Kind.TRAVELLED, approved("3", "--statement", "s.json")),
                        seen("approve-nothing-text", Kind.FRESH, approved("2", "--unsigned", "--reason", "ok")),
                        seen("help-approve", Kind.EMPTY, "help", "approve"),
                        seen("help-approvals", Kind.EMPTY, "help", "approvals"),
                        piped("validate", Kind.FRESH, "validate"),
                        seen("validate-text", Kind.FRESH, "validate"),
                        piped("validate-faulty", Kind.FAULTY, "validate"),
                        seen("validate-faulty-text", Kind.FAULTY, "validate"),
                        seen("validate-faulty-github", Kind.FAULTY, "validate", "-o", "github"),
                        seen("validate-faulty-sarif", Kind.FAULTY, "validate", "-o", "sarif"),
                        piped("validate-without-contract", Kind.EMPTY, "validate"),
                        piped("gate-try", Kind.GATED, tried("latency", "old.json", "same.json")),
                        seen("gate-try-text", Kind.GATED, tried("latency", "old.json", "slow.json")),
                        seen("gate-try-sparse-text", Kind.GATED, tried("latency", "zeros.json", "sparse.json")),
                        seen("gate-try-range-text", Kind.GATED, tried("latency", "range.json", "range.json")),
                        piped("gate-try-metric", Kind.GATED, "gate", "try", "errors", "--canary", "zeros.json"),
                        piped("gate-try-no-baseline", Kind.GATED, "gate", "try", "latency", "--canary", "old.json"),
                        piped("gate-try-unknown", Kind.GATED, tried("latancy", "old.json", "old.json")),
                        piped("gate-try-other-kind", Kind.GATED, tried("rollout", "old.json", "old.json")),
                        piped("gate-try-no-samples", Kind.GATED, tried("latency", "old.json", "railiance/app.toml")),
                        seen("gate-try-nothing", Kind.GATED, "gate", "try"),
                        seen("gate", Kind.EMPTY, "gate"),
                        seen("help-gate-try", Kind.EMPTY, "help", "gate", "try"),
                        piped("schema-list", Kind.EMPTY, "schema"),
                        seen("schema-list-text", Kind.EMPTY, "schema"),
                        piped("schema-error", Kind.EMPTY, "schema", "railiance.error.v1"),
                        piped("schema-unknown", Kind.EMPTY, "schema", "railiance-ap"),
                        piped("version", Kind.EMPTY, "version"),
                        seen("version-text", Kind.EMPTY, "version"),
                        seen("help", Kind.EMPTY, "help"),
                        piped("no-words", Kind.EMPTY),
                        seen("help-run", Kind.EMPTY, "help", "run"),
                        piped("run-help", Kind.EMPTY, "run", "--help"),
                        seen("help-validate", Kind.EMPTY, "help", "validate"),
                        seen("help-status", Kind.EMPTY, "help", "status"),
                        seen("help-history", Kind.EMPTY, "help", "history"),
                        seen("help-explain", Kind.EMPTY, "help", "explain"),
                        seen("help-replay", Kind.EMPTY, "help", "replay"),
                        seen("help-stats", Kind.EMPTY, "help", "stats"),
                        seen("help-create-overlay", Kind.EMPTY, "help", "create-overlay"),
                        piped("create-overlay", Kind.EMPTY, OVERLAY),
                        seen("create-overlay-text", Kind.EMPTY, OVERLAY),
                        seen("create-overlay-plan-text", Kind.EMPTY, also("--dry-run")),
                        piped("create-overlay-unchanged", Kind.OVERLAY, OVERLAY),
                        seen("create-overlay-unchanged-text", Kind.OVERLAY, OVERLAY),
                        seen("create-overlay-difference-text", Kind.OVERLAY, also("--revision", "v2.0.0")),
                        seen("create-overlay-update-text", Kind.OVERLAY, also("--revision", "v2.0.0", "--update")),
                        seen("create-overlay-taken-text", Kind.FRESH, also("--dir", ".")),
                        seen("create-overlay-nowhere-text", Kind.EMPTY, also("--dir", "no/such/place")),
                        piped("create-overlay-bad-url", Kind.EMPTY, also("--upstream", "https://ada:s3cr3t@h/d")),
                        seen(
                                "create-overlay-bad-name-text",
                                Kind.EMPTY,
                                "create-overlay",
                                "Web",
                                "--upstream",
                                "u",
                                "--revision",
                                "v1"),
                        seen(
                                "create-overlay-no-image-text",
                                Kind.EMPTY,
                                "create-overlay",
                                "web",
                                "--upstream",
                                "https://git.example.org/web/web",
                                "--revision",
                                "v1.0.0",
                                "--router",
                                "replicas"),
                        piped(
                                "create-overlay-more-words",
                                Kind.EMPTY,
                                "create-overlay",
                                "web",
                                "https://ada:s3cr3t@git.example.org/web"),
                        seen("create-overlay-no-words-text", Kind.EMPTY, "create-overlay"),
                        seen("help-schema", Kind.EMPTY, "help", "schema"),
                        seen("help-unknown", Kind.EMPTY, "help", "valdate"),
                        piped("unknown-verb", Kind.EMPTY, "stauts"),
                        seen("unknown-verb-text", Kind.EMPTY, "stauts"),
                        piped("unknown-option", Kind.EMPTY, "run", "--quite"),
                        piped("option-before-verb", Kind.EMPTY, "--repo", ".", "run"),
                        piped("unknown-format", Kind.EMPTY, "status", "-o", "xml"),
                        piped("ledger-with-password", Kind.FRESH, "status", "--ledger", "jdbc:pg://u:s3cr3t@h/d"),
                        piped(
                                "shared-ledger-on-the-command-line",
                                Kind.FRESH,
                                "status",
                                "--ledger",
                                "jdbc:postgresql://h/d?password=s3cr3t"))
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> compare(row)));
    }

    /** The same overlay with more words, of which those replace others that name the same option. */
    private static String[] also(String... words) {
        List<String> all = new ArrayList<>(List.of(OVERLAY));
        for (int at = 0; at < words.length; at++) {
            int there = all.indexOf(words[at]);
            if (there >= 0) {
                all.set(there + 1, words[++at]);
            } else {
                all.add(words[at]);
            }
        }
        return all.toArray(String[]::new);
    }

    private static String[] approved(String stage, String... more) {
        List<String> all = new ArrayList<>(List.of("approve", "--stage", stage, "--plan", "sha256:" + "5".repeat(64)));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String[] tried(String gate, String stable, String canary) {
        return new String[] {"gate", "try", gate, "--baseline", stable, "--canary", canary};
    }

    private static Row piped(String name, Kind kind, String... words) {
        return new Row(name, kind, Terminal.NONE, List.of(words));
    }

    private static Row seen(String name, Kind kind, String... words) {
        return new Row(name, kind, CommandCall.SEEN, List.of(words));
    }

    private static void compare(Row row) throws IOException {
        Path repository = repository(row);
        var call =
                CommandCall.in(repository, row.terminal(), Map.of(), row.words().toArray(String[]::new));
        validate(row, call);
        String actual = "$ railiance " + String.join(" ", row.words()) + "\n# exit code " + call.exitCode()
                + "\n# stdout\n" + normal(call.out()) + "# stderr\n" + normal(call.err());
        Path golden = GOLDEN.resolve(row.name() + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, actual);
        }
        assertEquals(Files.readString(golden), actual);
    }

    private static Path repository(Row row) throws IOException {
        Path own = Files.createDirectory(parent.resolve(row.name()));
        Path repository = switch (row.kind()) {
            case OVERLAY -> overlay(Files.createDirectory(own.resolve("shop")));
            case EMPTY -> Files.createDirectory(own.resolve("shop"));
            case FAULTY -> SampleRepository.with(own, FAULTY);
            case FRESH, PASSED -> SampleRepository.running(own, "echo", "built");
            case FAILED -> SampleRepository.running(own, "false");
            case ERRORED -> SampleRepository.running(own, "no-such-program-anywhere");
            case TRAVELLED -> SampleLedger.in(own);
            case GATED -> SampleGates.in(own);
            case APPROVABLE -> SampleRepository.approvable(own);
            case OBSERVED -> SampleRepository.observable(own);
        };
        if (row.kind() == Kind.PASSED
                || row.kind() == Kind.APPROVABLE
                || row.kind() == Kind.OBSERVED
                || (row.kind() == Kind.FAILED && !row.words().getFirst().equals("run"))) {
            CommandCall.in(repository, "run", "-q");
        }
        return repository;
    }

    private static Path overlay(Path repository) throws IOException {
        CommandCall.in(repository, OVERLAY);
        Path readme = repository.resolve("web/README.md");
        Files.writeString(readme, Files.readString(readme) + "\nAsk ada.\n");
        return repository;
    }

    /** What an answer says of itself holds: it is one document of the schema that it names. */
    private static void validate(Row row, CommandCall call) throws IOException {
        if (row.terminal().out() || !call.out().startsWith("{") || row.words().contains("railiance.error.v1")) {
            return;
        }
        JsonNode document = JsonMapper.builder().build().readTree(call.out());
        var schema =
                new SchemaCatalog().schema(document.get("schema").textValue()).orElseThrow();
        assertEquals(List.of(), schema.violations(document));
        if (document.has("exitCode")) {
            assertEquals(call.exitCode(), document.get("exitCode").intValue());
            assertTrue(call.exitCode() > 0);
        }
    }

    private static String normal(String text) {
        return text.replace(parent.toString(), "<parent>")
                .replaceAll("<parent>/[a-z-]+", "<parent>")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
                .replaceAll("sha256:[0-9a-f]{64}", "<digest>")
                .replaceAll("\"[0-9a-f]{64}\"", "\"<hash>\"")
                .replaceAll("\\b[0-9a-f]{64}\\b", "<hash>")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "<time>")
                .replaceAll("durationMs(\"?): [0-9]+", "durationMs$1: <number>")
                .replaceAll("\\b[0-9.]+ m?s\\b", "<span>")
                .replaceAll("\"PT[0-9.]+S\"", "\"<span>\"")
                .replaceAll("\"host\": \"[^\"]+\"", "\"host\": \"<host>\"")
                .replaceAll("\"pid\": [0-9]+", "\"pid\": <number>")
                .replaceAll("(\"java\": )\"[^\"]+\"", "$1<java>");
    }
}
