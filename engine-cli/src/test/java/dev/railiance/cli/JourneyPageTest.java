package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page on a first journey, one after the other in one shell, on a real cluster with real tools. */
@Tag("e2e")
class JourneyPageTest {

    private static final Path PAGE = Path.of("../docs/promote-rollback-onboarding.md");
    private static final String NAMESPACE = "demo-web";

    @TempDir
    Path directory;

    private Optional<ClusterShell> shell = Optional.empty();

    @AfterEach
    void leave() throws IOException, InterruptedException {
        if (shell.isPresent()) {
            // Kubernetes looks again after 16 s, and once a pod has outlived its grace after 5, 10, 20, 40 and 60 s
            // more.
            shell.get().succeed("kubectl delete namespace " + NAMESPACE + " --ignore-not-found");
        }
    }

    @Test
    void aStandardAppGoesToProductionAndBackWithHelm3() throws IOException, InterruptedException {
        journey("RAILIANCE_TEST_HELM3", List.of());
    }

    @Test
    void aCriticalAppGoesToProductionAndBackWithHelm4() throws IOException, InterruptedException {
        journey(
                "RAILIANCE_TEST_HELM4",
                List.of("sed -i 's/^kind = \"third-party\"$/&\\ncriticality = \"critical\"/' railiance/app.toml"));
    }

    private void journey(String helm, List<String> edits) throws IOException, InterruptedException {
        ClusterShell opened = ClusterShell.assume(directory, helm);
        shell = Optional.of(opened);
        List<String> commands = new ArrayList<>(commands());
        assertTrue(commands.size() > 30, commands::toString);
        int edit = commands.indexOf("git init -q");
        commands.addAll(edit, edits);
        String said = opened.succeed("set -x; railiance --version\n" + String.join("\n", commands));
        for (String told : List.of(
                "promotion.canary-deployed",
                "promotion.gates-passed",
                "approval.granted",
                "cyd@example.org",
                "promotion.promoted",
                "promotion.rolled-back")) {
            assertTrue(said.contains(told), () -> told + " is not in\n" + said);
        }
    }

    /** What follows a prompt in the page's console blocks. */
    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            inside = line.startsWith("```") ? line.equals("```console") : inside;
            if (inside && line.startsWith("$ ")) {
                commands.add(line.substring(2));
            }
        }
        return commands;
    }
}
