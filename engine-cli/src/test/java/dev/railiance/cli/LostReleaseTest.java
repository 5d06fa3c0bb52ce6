package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.cli.ClusterShell.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others did to the release in production on a real cluster: each has an exit code, a message and a way out that works. */
@Tag("e2e")
class LostReleaseTest {

    private static final String NAMESPACE = "it-stage3-lost";
    private static final String HERE = " --namespace " + NAMESPACE;
    private static final Path CHART = Path.of("../engine-k8s/src/main/resources/dev/railiance/overlay/template/chart");

    private static final String INSTALL = "helm upgrade --install demo-web chart --values values/base.yaml"
            + " --set railiance.track=stable,image.tag=v1" + HERE;

    /** As Helm's death leaves it. */
    private static final String LEAVE_PENDING =
            "timeout -s KILL 4 helm upgrade demo-web chart --values values/base.yaml"
                    + " --set railiance.track=stable,image.tag=bad --wait" + HERE + " || helm status demo-web" + HERE
                    + " | grep pending-upgrade";

    @TempDir
    Path directory;

    private Optional<ClusterShell> opened = Optional.empty();

    @AfterEach
    void leave() throws IOException, InterruptedException {
        if (opened.isPresent()) {
            shell("kubectl delete namespace " + NAMESPACE + " --ignore-not-found --wait=false");
        }
    }

    @Test
    void eachLossHasAnAnswerOfItsOwnAndAWayOut() throws IOException, InterruptedException {
        begin();
        version("v1", "{}");
        railiance(0, "promote --apply");
        version("v2", "{}");

        shell(LEAVE_PENDING);
        pendingStopsAPromotionAndARollback();
        trimmedByHelm();
        deletedByHand();

        version("v3", "env: { EXIT_AFTER_MS: \"300\" }");
        assertEquals("failed", railiance(6, "promote --apply").path("outcome").asText());
        shell("kubectl delete namespace " + NAMESPACE);
        namespaceGone();
    }

    private void pendingStopsAPromotionAndARollback() throws IOException, InterruptedException {
        JsonNode refused = failed(railiance(3, "promote --apply"), "release demo-web");
        assertEquals(
                "an operation on revision 2 is under way, or died halfway",
                refused.path("reason").asText());
        shell(fix(refused, "helm rollback demo-web"));
        JsonNode promoted = railiance(0, "promote --apply");
        assertEquals(3, promoted.path("previous").path("revision").asInt(), promoted::toString);

        shell(LEAVE_PENDING);
        JsonNode under = failed(railiance(3, "rollback --apply"), "operation");
        assertEquals(
                "one of somebody else on revision 5 of demo-web is under way, or died halfway",
                under.path("reason").asText());
        shell(fix(under, "helm rollback demo-web"));
        assertEquals("planned", railiance(0, "rollback").path("outcome").asText());
    }

    private void trimmedByHelm() throws IOException, InterruptedException {
        shell("for n in 1 2 3 4 5 6 7 8; do helm upgrade demo-web chart --reuse-values" + HERE + "; done");
        JsonNode gone = failed(railiance(3, "rollback --apply"), "release demo-web");
        assertEquals(
                "revision 3 of demo-web is not in Helm's history, which keeps the newest 10 here",
                gone.path("reason").asText());
        assertTrue(shell(fix(gone, "helm history demo-web")).contains("14"), gone::toString);
        JsonNode kept = railiance(0, "rollback --revision 14");
        assertEquals("planned", kept.path("outcome").asText(), kept::toString);
    }

    private void deletedByHand() throws IOException, InterruptedException {
        shell("helm uninstall demo-web --wait" + HERE);
        JsonNode away = failed(railiance(3, "rollback --apply"), "release demo-web");
        assertEquals(
                "release demo-web is not there: somebody removed it, and its revisions with it",
                away.path("reason").asText());
        shell(fix(away, "helm list"));
        shell("for n in 1 2 3; do " + INSTALL + "; done");
        assertEquals(
                "revision 3 of demo-web is not what the ledger recorded before the promotion",
                failed(railiance(3, "rollback --apply"), "release demo-web")
                        .path("reason")
                        .asText());
        JsonNode back = railiance(0, "rollback --revision 3 --apply");
        assertEquals("rolled-back", back.path("outcome").asText(), back::toString);
    }

    private void namespaceGone() throws IOException, InterruptedException {
        JsonNode first = failed(railiance(3, "promote --apply"), "namespace");
        assertEquals(NAMESPACE + " is not there", first.path("reason").asText());
        JsonNode gone = failed(railiance(3, "rollback --apply"), "namespace");
        assertEquals(NAMESPACE + " is not there", gone.path("reason").asText());
        JsonNode incomplete = railiance(6, "abort --apply");
        assertEquals("rolling-back", incomplete.path("phase").asText(), incomplete::toString);

        shell(fix(gone, "kubectl create namespace"));
        shell(INSTALL);
        JsonNode back = railiance(0, "rollback --revision 1 --apply");
        assertEquals("rolled-back", back.path("phase").asText(), back::toString);
    }

    private void begin() throws IOException, InterruptedException {
        opened = Optional.of(ClusterShell.assume(directory, "RAILIANCE_TEST_HELM3"));
        Path repository = shell().work();
        try (Stream<Path> paths = Files.walk(CHART)) {
            for (Path path : paths.toList()) {
                Files.copy(
                        path,
                        repository
                                .resolve("chart")
                                .resolve(CHART.relativize(path).toString()));
            }
        }
        Files.createDirectories(repository.resolve("railiance"));
        Files.createDirectories(repository.resolve("values"));
        Files.writeString(repository.resolve("values/base.yaml"), """
                name: demo-web
                image: { repository: demo-web }
                disruptionBudget: { enabled: false }
                probes:
                  readiness: { path: /readyz, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 3 }
                """);
        shell("git init -q && kubectl create namespace " + NAMESPACE);
    }

    /** Takes a version as far as production lets it in. */
    private void version(String tag, String production) throws IOException, InterruptedException {
        Path repository = shell().work();
        Files.writeString(repository.resolve("railiance/app.toml"), """
                schema = "railiance.app.v1"

                [app]
                name = "demo-web"

                [owner]
                team = "web"

                [artifact]
                image = "demo-web"
                tag = "%s"
                policy = "tag-allowed"

                [deploy]
                chart = "chart"
                namespace = "%s"
                values = ["values/base.yaml"]
                timeout = "40s"

                [stage1]

                [[stage1.commands]]
                name = "build"
                argv = ["true"]

                [stage3]
                values = ["values/stage3.yaml"]

                [rollback]
                automatic = false

                [approval.stage3]
                required = 0
                """.formatted(tag, NAMESPACE));
        Files.writeString(repository.resolve("values/stage3.yaml"), production + "\n");
        shell("git add -A && git commit -q -m " + tag);
        railiance(0, "run");
        assertEquals(
                "passed",
                railiance(0, "deploy --stage 2 --apply --follow")
                        .path("outcome")
                        .asText());
    }

    /** What a command answers that has to end so. */
    private JsonNode railiance(int exitCode, String words) throws IOException, InterruptedException {
        Said said = shell().run("railiance " + words + " -o json");
        assertEquals(exitCode, said.exitCode(), () -> words + "\n" + said.out() + said.err());
        return new JsonMapper().readTree(said.out());
    }

    /** The check of an answer that failed. */
    private static JsonNode failed(JsonNode answer, String name) {
        assertEquals("refused", answer.path("outcome").asText(), answer::toString);
        List<JsonNode> failed = StreamSupport.stream(answer.path("checks").spliterator(), false)
                .filter(check -> check.path("verdict").asText().equals("failed"))
                .toList();
        assertEquals(name, failed.getFirst().path("name").asText(), answer::toString);
        return failed.getFirst();
    }

    private static String fix(JsonNode check, String beginning) {
        String fix = check.path("fix").asText();
        assertTrue(fix.startsWith(beginning), fix);
        return fix;
    }

    private ClusterShell shell() {
        return opened.orElseThrow();
    }

    private String shell(String line) throws IOException, InterruptedException {
        return shell().succeed(line);
    }
}
