package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.helm.RealHelm;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.promotion.Actor;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A promotion, a rollback and an abort killed at each point in turn are carried on by the same command to the end that they had. */
@Tag("sweep")
class KilledPromotionTest {

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    /** Of a promotion that died while production was changed under it: the canary, its traffic and production come back. */
    @Test
    void whereverAnAbortIsKilledTheSameCommandReachesTheSameEnd() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage3-killed-abort")) {
            Optional<Path> bin = RealHelm.three();
            assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
            var production = new Production(directory, processes, cluster, bin.get());
            production.begin();
            var repository = production.repository("v2", DemoRepository.weighted("replicas"), "");
            repository.installStable(production.tools(), cluster.namespace().name(), "v1", 1);
            String before = production.running();

            String undisturbed = abortedLife(production, repository, 0);
            assertTrue(undisturbed.endsWith(" rolled-back"), undisturbed);
            int points = points(undisturbed);
            assertTrue(points >= 15, undisturbed);
            List<String> wrong = new ArrayList<>();
            for (int point = 1; point <= points; point++) {
                String end = abortedLife(production, repository, point);
                if (!after(end).equals(after(undisturbed))) {
                    wrong.add("killed at " + point + ": " + end);
                }
                assertEquals(before, production.running(), "production after being killed at " + point);
                assertEquals("stable", production.entry());
                assertFalse(production.releases(repository).containsKey("demo-web-canary"));
            }
            assertEquals(List.of(), wrong);
        }
    }

    /** A promotion that dies once production was changed, and an abort of it that is killed once; how that ended. */
    private String abortedLife(Production production, DemoRepository repository, int deadly) throws IOException {
        Path ledger = directory.resolve("aborted-" + deadly);
        try (PromotionEngine engine = engine(ledger, production)) {
            production.approved(engine, repository);
        }
        int made = production.revision(repository);
        assertEquals("", child(production, repository, ledger, "apply", "promote"));
        String end = killed(production, repository, ledger, deadly, "abort");
        assertEquals(made + 2, production.revision(repository), "revisions, killed at " + deadly);
        return end;
    }

    @Test
    void whereverTheyAreKilledTheSameCommandReachesTheSameEndWithoutASecondRevisionOfAnAttempt() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage3-killed")) {
            Optional<Path> bin = RealHelm.three();
            assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
            var production = new Production(directory, processes, cluster, bin.get());
            production.begin();
            var repository = production.repository("v2", DemoRepository.ISOLATED, "");
            repository.installStable(production.tools(), cluster.namespace().name(), "v1", 1);
            String before = production.running();

            List<String> undisturbed = life(production, repository, 0, 0);
            int promoting = points(undisturbed.get(0));
            int restoring = points(undisturbed.get(1));
            assertTrue(promoting >= 15, undisturbed::toString);
            assertTrue(restoring >= 8, undisturbed::toString);
            List<String> wrong = new ArrayList<>();
            for (int point = 1; point <= Math.max(promoting, restoring); point++) {
                List<String> ends =
                        life(production, repository, Math.min(point, promoting), Math.min(point, restoring));
                for (int verb = 0; verb < 2; verb++) {
                    if (!after(ends.get(verb)).equals(after(undisturbed.get(verb)))) {
                        wrong.add("killed at " + point + ": " + ends.get(verb));
                    }
                }
                assertEquals(before, production.running(), "production after being killed at " + point);
            }
            assertEquals(List.of(), wrong);
        }
    }

    private static int points(String end) {
        return Integer.parseInt(end.split(" ", 2)[0]);
    }

    /** Killed after the last append, there is nothing left to do. */
    private static String after(String end) {
        return end.substring(end.indexOf(' '))
                .replace("unchanged it was promoted already", "promoted")
                .replaceFirst("PROMOTION_NOT_FOUND .*", "rolled-back what was there before is proven to be back")
                .replaceFirst("PROMOTION_ENDED .*", "rolled-back");
    }

    /** One version to production and back, each killed once; how both ended. */
    private List<String> life(Production production, DemoRepository repository, int promote, int rollback)
            throws IOException {
        Path ledger = directory.resolve("ledger-" + promote + "-" + rollback);
        try (PromotionEngine engine = engine(ledger, production)) {
            production.approved(engine, repository);
        }
        String promoted = killed(production, repository, ledger, promote, "promote");
        assertEquals("demo-web:v2", production.image());
        assertEquals(
                List.of("demo-web"), List.copyOf(production.releases(repository).keySet()));
        List<String> attempts = attempts(production, repository);
        assertEquals(attempts.stream().distinct().toList(), attempts, "promote killed at " + promote);
        String back = killed(production, repository, ledger, rollback, "rollback");
        return List.of(promoted, back);
    }

    /** The attempts by which the revisions of production were made, each of which may have made one. */
    private static List<String> attempts(Production production, DemoRepository repository) {
        return repository
                .run(
                        production.tools(),
                        List.of(
                                "helm",
                                "history",
                                "demo-web",
                                "--namespace="
                                        + production.cluster().namespace().name()))
                .lines()
                .filter(line -> line.contains("railiance promotion"))
                .map(line -> line.replaceAll(".* attempt ([-0-9a-f]+) .*", "$1"))
                .toList();
    }

    private String killed(Production production, DemoRepository repository, Path ledger, int deadly, String verb) {
        String ended = child(production, repository, ledger, Integer.toString(deadly), verb);
        return deadly == 0 ? ended : child(production, repository, ledger, "0", verb);
    }

    private String child(Production production, DemoRepository repository, Path ledger, String deadly, String verb) {
        return DeployingChild.run(processes, repository, ledger, production.tools(), deadly, verb)
                .strip();
    }

    private static PromotionEngine engine(Path ledger, Production production) {
        return PromotionEngine.open(new EngineSettings(
                        new LedgerLocation.Embedded(ledger),
                        new Actor("ada"),
                        "runner-7",
                        production.tools(),
                        InstantSource.system(),
                        Optional.empty())
                .withDeployers(HelmDeployer::create));
    }
}
