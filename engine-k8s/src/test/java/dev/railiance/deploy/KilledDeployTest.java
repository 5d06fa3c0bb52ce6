package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.AbortRequest;
import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.failure.Outcome;
import dev.railiance.helm.RealHelm;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.promotion.Actor;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment killed at each point in turn is carried on by the same command to the end that it would have come to. */
@Tag("sweep")
class KilledDeployTest {

    private static final String ONE_STEP = """
            mode = "weighted"
            router = "replicas"
            steps = [{ weight = 25, hold = "1s" }]
            """;

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void whereverItIsKilledTheSameCommandReachesTheSameEndWithoutASecondRevisionOfAnAttempt() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage2-killed")) {
            Optional<Path> bin = RealHelm.three();
            assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
            Map<String, String> tools = cluster.tools(bin.get());
            cluster.createNamespace();
            String namespace = cluster.namespace().name();
            var repository = DemoRepository.make(directory, processes, namespace, "v2", "replicas", ONE_STEP);
            repository.installStable(tools, namespace, "v1", 3);

            String undisturbed = life(repository, tools, namespace, 0);
            int points = Integer.parseInt(undisturbed.split(" ", 2)[0]);
            assertTrue(points >= 20, undisturbed);
            List<String> wrong = new ArrayList<>();
            for (int point = 1; point <= points; point++) {
                String end = life(repository, tools, namespace, point);
                if (!after(end).equals(after(undisturbed))) {
                    wrong.add("killed at " + point + ": " + end);
                }
            }
            assertEquals(List.of(), wrong);
        }
    }

    private static String after(String end) {
        return end.substring(end.indexOf(' '));
    }

    /** A promotion from its beginning to its end, killed once; what the releases were then, and what the ledger says. */
    private String life(DemoRepository repository, Map<String, String> tools, String namespace, int deadly)
            throws IOException {
        Path ledger = directory.resolve("ledger-" + deadly);
        try (PromotionEngine engine = engine(ledger, tools)) {
            assertTrue(engine.run(RunRequest.of(repository.directory())) instanceof Outcome.Done);
        }
        String ended = DeployingChild.deploy(processes, repository, ledger, tools, String.valueOf(deadly));
        if (deadly > 0) {
            ended = DeployingChild.deploy(processes, repository, ledger, tools, "0");
        }
        // Whoever died after the last append had done everything: nothing is left for the second.
        assertTrue(ended.matches("(?s)[0-9]+ (passed|unchanged) .*"), "killed at " + deadly + ": " + ended);
        String revisions = attempts(repository, tools, namespace, "demo-web-canary")
                + attempts(repository, tools, namespace, "demo-web-routing");
        String told;
        try (PromotionEngine engine = engine(ledger, tools)) {
            told = engine.query(view -> Outcome.done(view.statuses(1).getFirst().phase() + " "
                                    + view.statuses(1).getFirst().summary()))
                            instanceof Outcome.Done<String> done
                    ? done.value()
                    : "no ledger";
            engine.abort(new AbortRequest(
                    repository.directory(),
                    Optional.empty(),
                    true,
                    "the next life",
                    Optional.empty(),
                    new Cancellation(),
                    line -> {}));
        }
        repository.run(tools, List.of("helm", "uninstall", "demo-web-routing", "--namespace=" + namespace));
        return ended.split(" ", 2)[0] + " " + revisions + told;
    }

    /** How many revisions a release has, each by an attempt of its own. */
    private static String attempts(
            DemoRepository repository, Map<String, String> tools, String namespace, String release) {
        List<String> made = repository
                .run(tools, List.of("helm", "history", release, "--namespace=" + namespace))
                .lines()
                .filter(line -> line.contains("railiance promotion"))
                .map(line -> line.replaceAll(".* attempt ([-0-9a-f]+) .*", "$1"))
                .toList();
        assertEquals(made.stream().distinct().toList(), made, release);
        return release + " " + made.size() + ", ";
    }

    private static PromotionEngine engine(Path ledger, Map<String, String> environment) {
        return PromotionEngine.open(new EngineSettings(
                        new LedgerLocation.Embedded(ledger),
                        new Actor("ada"),
                        "runner-7",
                        environment,
                        InstantSource.system(),
                        Optional.empty())
                .withDeployers(HelmDeployer::create));
    }
}
