package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    @AfterEach
    void leave() throws IOException, InterruptedException {
        if (System.getenv("RAILIANCE_TEST_KUBECTL") != null && System.getenv("KUBECONFIG") != null) {
            shell(List.of(), List.of("kubectl delete namespace " + NAMESPACE + " --ignore-not-found --timeout=90s"));
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
        assumeTrue(System.getenv("RAILIANCE_E2E") != null, "RAILIANCE_E2E is not set: no cluster is to be changed");
        assumeTrue(System.getenv("KUBECONFIG") != null, "KUBECONFIG names no cluster");
        assumeTrue(System.getenv("RAILIANCE_TEST_KUBECTL") != null, "RAILIANCE_TEST_KUBECTL names no kubectl");
        assumeTrue(System.getenv(helm) != null, helm + " names no program");
        tool("helm", System.getenv(helm));
        List<String> commands = new ArrayList<>(commands());
        assertTrue(commands.size() > 30, commands::toString);
        int edit = commands.indexOf("git init -q");
        commands.addAll(edit, edits);
        String said = shell(List.of("railiance --version"), commands);
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

    private Path bin() throws IOException {
        return Files.createDirectories(directory.resolve("bin"));
    }

    private void tool(String name, String program) throws IOException {
        Path link = bin().resolve(name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(program).toAbsolutePath());
    }

    /** Carries lines out in one shell that ends at the first one that fails; what they printed. */
    private String shell(List<String> first, List<String> lines) throws IOException, InterruptedException {
        tool("kubectl", System.getenv("RAILIANCE_TEST_KUBECTL").split(":", -1)[0]);
        Path launcher = bin().resolve("railiance");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                        + System.getProperty("java.class.path") + "' dev.railiance.cli.Railiance \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        Path script = directory.resolve("journey.sh");
        List<String> text = new ArrayList<>(List.of("set -eux"));
        text.addAll(first);
        text.addAll(lines);
        Files.write(script, text);
        Path work = Files.createDirectories(directory.resolve("work"));
        Path output = directory.resolve("output.txt");
        var builder = new ProcessBuilder("bash", script.toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", bin() + ":/usr/bin:/bin");
        environment.put("HOME", directory.toString());
        environment.put("GIT_CONFIG_COUNT", "2");
        environment.put("GIT_CONFIG_KEY_0", "user.name");
        environment.put("GIT_CONFIG_VALUE_0", "dora");
        environment.put("GIT_CONFIG_KEY_1", "user.email");
        environment.put("GIT_CONFIG_VALUE_1", "dora@example.org");
        Process process = builder.start();
        if (!process.waitFor(8, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("not ended within 8 minutes\n" + Files.readString(output));
        }
        String said = Files.readString(output);
        assertEquals(0, process.exitValue(), said);
        return said;
    }
}
