package dev.railiance.kubectl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.railiance.contract.value.SecretLocation;
import dev.railiance.effect.SecretSource.Lack;
import dev.railiance.effect.SecretSource.Reading;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.tool.FakeTool;
import dev.railiance.tool.PrivateHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubectlSecretsTest {

    private static final SecretLocation READER = new SecretLocation.Kubernetes("monitoring", "reader", "token");

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    private Reading read(String script, SecretLocation location) throws IOException {
        try (PrivateHome home = PrivateHome.open()) {
            Kubectl kubectl = new Kubectl(processes, FakeTool.write(directory, "kubectl", script), List.of(), home);
            return new KubectlSecrets(kubectl, Optional.empty()).read(location, new Cancellation());
        }
    }

    @ParameterizedTest
    @CsvSource({"czNjcjN0, s3cr3t", "ZW5k, end", "w7w=, \u00fc", "YQpi, 'a\nb'"})
    void theValueIsDecodedAndNotShown(String encoded, String value) throws IOException {
        Reading reading = read("printf 'value " + encoded + "end'", READER);
        assertEquals(new Reading.Found(value), reading);
        assertEquals("Found[***]", reading.toString());
    }

    @Test
    void whatIsNotThereIsAbsent() throws IOException {
        Reading absent = new Reading.Lacking(Lack.ABSENT);
        assertEquals(absent, read("printf end", READER));
        assertEquals(
                absent, read("echo 'Error from server (NotFound): secrets \"reader\" not found' >&2; exit 1", READER));
    }

    @Test
    void whatMayNotBeReadIsDenied() throws IOException {
        assertEquals(
                new Reading.Lacking(Lack.DENIED),
                read(
                        "echo 'Error from server (Forbidden): secrets \"reader\" is forbidden: User \"x\" cannot get"
                                + " resource' >&2; exit 1",
                        READER));
    }

    @Test
    void whatIsNoTextIsUnusable() throws IOException {
        assertEquals(new Reading.Lacking(Lack.UNUSABLE), read("printf 'value gIE=end'", READER));
    }

    @ParameterizedTest
    @CsvSource({"printf 's3cr3t'", "printf 'value s3 cr3tend'", "exit 3", "printf 'value '"})
    void anOddAnswerIsNoValue(String script) throws IOException {
        Reading reading = read(script, READER);
        assertEquals(new Reading.Lacking(Lack.UNREACHABLE), reading);
        assertFalse(reading.toString().contains("s3"));
    }

    @Test
    void onlyTheClusterIsAskedAndOnlyForNamesThatItCanHave() throws IOException {
        Path asked = directory.resolve("asked");
        String script = "touch " + asked + "; printf 'value czNjcjN0end'";
        Reading unsupported = new Reading.Lacking(Lack.UNSUPPORTED);
        assertEquals(unsupported, read(script, new SecretLocation.Vault("team/metrics", "token")));
        assertEquals(unsupported, read(script, new SecretLocation.Sops("secrets.yaml", "token")));
        assertEquals(unsupported, read(script, new SecretLocation.Environment("TOKEN")));
        Reading absent = new Reading.Lacking(Lack.ABSENT);
        assertEquals(absent, read(script, new SecretLocation.Kubernetes("--all", "reader", "token")));
        assertEquals(absent, read(script, new SecretLocation.Kubernetes("monitoring", "-A", "token")));
        assertEquals(absent, read(script, new SecretLocation.Kubernetes("monitoring", "reader", "\"}}{{.}}")));
        assertFalse(Files.exists(asked));
    }
}
