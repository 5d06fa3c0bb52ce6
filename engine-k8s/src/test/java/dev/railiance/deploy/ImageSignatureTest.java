package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.railiance.effect.ClusterQuestion.SignedImage;
import dev.railiance.effect.Prerequisite;
import dev.railiance.process.AllowedEnvironment;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.promotion.Verdict;
import dev.railiance.tool.FakeTool;
import dev.railiance.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not shown to be signed is not signed, whatever a program called cosign does. */
class ImageSignatureTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final SignedImage PINNED = new SignedImage(
            "registry.example.org/web/shop",
            Optional.of(DIGEST),
            "https://forge.example.org/web/shop/.forgejo/workflows/build.yaml@refs/heads/main",
            "https://forge.example.org");

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void theDigestTheIdentityAndTheIssuerAreWhatIsVerified() throws IOException {
        Path said = directory.resolve("said");
        Prerequisite found = look(PINNED, "printf '%s\\n' \"$@\" > " + said);
        assertEquals(Verdict.PASSED, found.verdict());
        assertEquals(
                List.of(
                        "verify",
                        "--certificate-identity=" + PINNED.identity(),
                        "--certificate-oidc-issuer=https://forge.example.org",
                        "registry.example.org/web/shop@" + DIGEST),
                Files.readAllLines(said));
    }

    @Test
    void whatCosignDoesNotVerifyIsRefusedAndNothingOfWhatItPrintsIsTold() throws IOException {
        Prerequisite found = look(PINNED, "echo s3cr3t; echo s3cr3t >&2; exit 10");
        assertEquals(Verdict.FAILED, found.verdict());
        assertEquals(
                "cosign verify ended with exit code 10: no such signature was verified",
                found.reason().orElseThrow());
        assertFalse(found.toString().contains("s3cr3t"));
    }

    @Test
    void whereNoCosignIsNothingIsSigned() throws IOException {
        Prerequisite found = ImageSignature.of(PINNED, tool(Map.of("PATH", directory.toString())), new Cancellation());
        assertEquals(Verdict.FAILED, found.verdict());
        assertEquals("program \"cosign\" was not found", found.reason().orElseThrow());
        assertEquals(
                "install cosign: https://docs.sigstore.dev/cosign/system_config/installation/",
                found.fix().orElseThrow());
    }

    @Test
    void aTagIsNotVerifiedAtAll() throws IOException {
        var tagged = new SignedImage(PINNED.image(), Optional.empty(), PINNED.identity(), PINNED.issuer());
        assertEquals(Verdict.FAILED, look(tagged, "exit 0").verdict());
    }

    @Test
    void whoeverIsInterruptedHasVerifiedNothing() throws IOException {
        var cancellation = new Cancellation();
        cancellation.cancel();
        Map<String, String> environment = FakeTool.write(directory, "cosign", "sleep 600");
        assertEquals(
                Verdict.FAILED,
                ImageSignature.of(PINNED, tool(environment), cancellation).verdict());
    }

    private Prerequisite look(SignedImage image, String script) throws IOException {
        return ImageSignature.of(image, tool(FakeTool.write(directory, "cosign", script)), new Cancellation());
    }

    private Tool tool(Map<String, String> environment) {
        return new Tool(processes, directory, AllowedEnvironment.of(environment, CosignVerify.ENVIRONMENT));
    }
}
