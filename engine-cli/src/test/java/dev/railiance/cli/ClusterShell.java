package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A shell as somebody has it who works on a real cluster: with this {@code railiance}, one Helm and one kubectl on PATH. */
final class ClusterShell {

    private final Path directory;

    private ClusterShell(Path directory) {
        this.directory = directory;
    }

    /**
     * Skips the test, saying why, where no cluster is to be used.
     *
     * @param directory of which {@link #work()} is a part
     * @param helm the variable that names the program
     */
    static ClusterShell assume(Path directory, String helm) throws IOException {
        assumeTrue(System.getenv("RAILIANCE_E2E") != null, "RAILIANCE_E2E is not set: no cluster is to be changed");
        assumeTrue(System.getenv("KUBECONFIG") != null, "KUBECONFIG names no cluster");
        assumeTrue(System.getenv("RAILIANCE_TEST_KUBECTL") != null, "RAILIANCE_TEST_KUBECTL names no kubectl");
        assumeTrue(System.getenv(helm) != null, helm + " names no program");
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Files.createDirectories(directory.resolve("work"));
        Files.createSymbolicLink(
                bin.resolve("helm"), Path.of(System.getenv(helm)).toAbsolutePath());
        Files.createSymbolicLink(
                bin.resolve("kubectl"),
                Path.of(System.getenv("RAILIANCE_TEST_KUBECTL").split(":", -1)[0])
                        .toAbsolutePath());
        Path launcher = bin.resolve("railiance");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                        + System.getProperty("java.class.path") + "' dev.railiance.cli.Railiance \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        return new ClusterShell(directory);
    }

    /** What came of a script, with what it wrote to its streams. */
    record Said(int exitCode, String out, String err) {}

    /** Where scripts begin. */
    Path work() {
        return directory.resolve("work");
    }

    /** Carries out what has to succeed and ends at the first line that fails; what it wrote, errors included. */
    String succeed(String script) throws IOException, InterruptedException {
        Said said = run("exec 2>&1\n" + script);
        assertEquals(0, said.exitCode(), said::out);
        return said.out();
    }

    /** Carries lines out in one shell, up to the first one that fails. */
    Said run(String script) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Path file = Files.writeString(Files.createTempFile(directory, "script", ".sh"), "set -eu\n" + script + "\n");
        var builder = new ProcessBuilder("bash", file.toString())
                .directory(work().toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", directory.toString());
        environment.put("GIT_CONFIG_COUNT", "2");
        environment.put("GIT_CONFIG_KEY_0", "user.name");
        environment.put("GIT_CONFIG_VALUE_0", "dora");
        environment.put("GIT_CONFIG_KEY_1", "user.email");
        environment.put("GIT_CONFIG_VALUE_1", "dora@example.org");
        Process process = builder.start();
        if (!process.waitFor(8, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("not ended within 8 minutes\n" + Files.readString(out) + Files.readString(err));
        }
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
