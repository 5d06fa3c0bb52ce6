package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.approval.ApproveRequest;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.projection.RunResult;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionCommand.CompleteCanary;
import dev.railiance.promotion.PromotionCommand.PassGates;
import dev.railiance.promotion.PromotionCommand.StartCanary;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One byte that changed after the approval ends the command before any tool is called; the process itself is looked at. */
class PlanChangedTest {

    private static final Digest PLAN = Digest.of(new byte[0]);

    @TempDir
    Path directory;

    /** Another byte in a file, and the part of the plan that is named for it. */
    private record Change(String file, String part) {}

    @Test
    void whatChangedIsNamedAndNeitherHelmNorKubectlIsCalled() throws Exception {
        Path repository = repository();
        Path tools = tools();
        approved(repository);

        for (Change change : List.of(
                new Change("values/base.yaml", "values file values/base.yaml"),
                new Change("chart/templates/web.yaml", "chart"),
                new Change("railiance/app.toml", "contract"))) {
            Path file = repository.resolve(change.file());
            String before = Files.readString(file);
            Files.writeString(file, before + "#");
            refused(repository, tools, change.part());
            Files.writeString(file, before);
        }
        Path contract = repository.resolve("railiance/app.toml");
        String before = Files.readString(contract);
        Files.writeString(contract, before.replace("a".repeat(64), "a".repeat(63) + "b"));
        refused(repository, tools, "artifact");
        Files.writeString(contract, before);

        assertFalse(Files.exists(called(tools)));
        // The same command under the plan that was approved calls them.
        promote(repository, tools);
        assertTrue(Files.exists(called(tools)));
    }

    private void refused(Path repository, Path tools, String part) throws Exception {
        JsonNode error = promote(repository, tools);
        assertEquals("railiance.error.v1", error.path("schema").asText());
        assertEquals("PLAN_CHANGED", error.path("code").asText());
        String changed = error.path("message").asText().replaceFirst(".*changed: ", "");
        assertTrue(List.of(changed.split(", ")).contains(part), error::toString);
        assertEquals(3, error.path("exit").asInt());
        assertFalse(Files.exists(called(tools)), error::toString);
    }

    private static Path called(Path tools) {
        return tools.resolve("called");
    }

    /** What a process answers; its exit code is added as {@code exit}. */
    private JsonNode promote(Path repository, Path tools) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".json");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Railiance.class.getName(),
                        "promote",
                        "--apply")
                .directory(repository.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        var answer = (ObjectNode) new JsonMapper().readTree(Files.readString(out));
        return answer.put("exit", process.exitValue());
    }

    /** Tools that leave a trace when they are called. */
    private Path tools() throws IOException {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : List.of("helm", "kubectl")) {
            Path script = Files.writeString(tools.resolve(tool), """
                    #!/bin/sh
                    echo "$0" >> "%s"
                    exit 1
                    """.formatted(called(tools)));
            assertTrue(script.toFile().setExecutable(true));
        }
        return tools;
    }

    private Path repository() throws IOException {
        Path repository = SampleRepository.with(directory, """
                schema = "railiance.app.v1"

                [app]
                name = "shop"

                [owner]
                team = "web"

                [artifact]
                image = "registry.example.org/shop"
                digest = "sha256:DIGEST"

                [deploy]
                chart = "chart"
                values = ["values/base.yaml"]

                [stage1]
                commands = [{ name = "build", argv = ["true"] }]

                [approval.stage3]
                required = 1
                from = ["grace"]
                signed = false
                """.replace("DIGEST", "a".repeat(64)));
        for (Map.Entry<String, String> file : new TreeMap<>(Map.of(
                        "chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
                        "chart/templates/web.yaml", "# nothing\n",
                        "values/base.yaml", "{}\n"))
                .entrySet()) {
            Path path = repository.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return repository;
    }

    private static void approved(Path repository) {
        PromotionId id;
        try (var engine = engine(repository, "ada")) {
            id = new PromotionId(((RunResult) done(engine.run(RunRequest.of(repository)))).promotionId());
            var attempt = new Attempt(new AttemptId("00000000-0000-4000-8000-000000000001"), "runner-7", 1);
            done(engine.handle(id, new StartCanary(attempt, PLAN)));
            done(engine.handle(id, new CompleteCanary(attempt.id(), new Release("shop-canary", "shop", 1, PLAN))));
            done(engine.handle(id, new PassGates()));
        }
        try (var engine = engine(repository, "grace")) {
            done(engine.approve(new ApproveRequest(
                    repository,
                    Optional.of(id.value()),
                    new ApproveRequest.Act.Approve(Scope.STAGE3, Optional.empty()),
                    new ApproveRequest.Means.Unsigned(),
                    Optional.of("reviewed"))));
        }
    }

    private static PromotionEngine engine(Path repository, String actor) {
        return PromotionEngine.open(
                EngineSettings.of(LedgerLocation.of(repository)).withActor(new Actor(actor)));
    }

    private static Object done(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.Done.class, outcome, outcome::toString).value();
    }
}
