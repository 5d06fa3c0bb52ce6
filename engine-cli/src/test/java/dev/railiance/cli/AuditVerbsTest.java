package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.contract.schema.SchemaCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A promotion that is signed for, exported, and taken into another ledger, by command lines. */
class AuditVerbsTest {

    @TempDir
    Path parent;

    private Path repository = Path.of(".");

    @BeforeEach
    void aPromotionAndAKey() throws IOException, GeneralSecurityException {
        repository = SampleRepository.running(parent, "echo", "built");
        assertEquals(0, CommandCall.in(repository, "run", "-q").exitCode());
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        pem("key.pem", "PRIVATE KEY", pair.getPrivate().getEncoded());
        pem("key.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private void pem(String name, String kind, byte[] content) throws IOException {
        Files.writeString(
                repository.resolve(name),
                "-----BEGIN " + kind + "-----\n" + Base64.getEncoder().encodeToString(content) + "\n-----END " + kind
                        + "-----\n");
    }

    @Test
    void aCheckpointIsAnAnchorUntilTheLedgerIsAnotherOne() throws IOException {
        done("audit", "checkpoint", "--key", "key.pem", "--file", "head.json");
        JsonNode checkpoint = JsonMapper.builder()
                .build()
                .readTree(repository.resolve("head.json").toFile());
        assertEquals(
                List.of(),
                new SchemaCatalog()
                        .schema("railiance.checkpoint.v1")
                        .orElseThrow()
                        .violations(checkpoint));
        done("run", "-q");
        JsonNode found = done("audit", "verify", "--anchor", "head.json", "--key", "key.pub");
        assertEquals("valid", found.get("anchor").get("signature").textValue());

        assertEquals(3, call("audit", "verify", "--anchor", "head.json").exitCode());
        assertEquals(
                0,
                call("audit", "verify", "--anchor", "head.json", "--insecure-skip-signature")
                        .exitCode());
        CommandCall other = call("audit", "verify", "--ledger", "empty", "--anchor", "head.json", "--key", "key.pub");
        assertEquals(8, other.exitCode());
        assertTrue(other.out().contains("\"truncated\""), other.out());
    }

    @Test
    void aCheckpointThatCannotBeWrittenLeavesNoSignature() throws IOException {
        Files.createSymbolicLink(repository.resolve("full.json"), Path.of("/dev/full"));

        assertEquals(
                2,
                call("audit", "checkpoint", "--key", "key.pem", "--file", "full.json")
                        .exitCode());
        assertFalse(Files.exists(repository.resolve("full.json.sig")));
    }

    @Test
    void anAnchorWithoutItsSignatureIsNotAnsweredWithTheSameCommand() throws IOException {
        done("audit", "checkpoint", "--key", "key.pem", "--file", "head.json");
        Files.delete(repository.resolve("head.json.sig"));

        CommandCall found = call("audit", "verify", "--anchor", "head.json", "--key", "key.pub");

        assertEquals(3, found.exitCode());
        assertTrue(found.out().contains("take it from where the anchor was signed"), found.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger.mv.db", "format"})
    void whereAFileOfTheLedgerIsGoneNothingIsSentInACircle(String file) throws IOException {
        Files.delete(repository.resolve(".railiance").resolve(file));

        for (String words : List.of("status", "run -q", "audit verify", "audit rebuild")) {
            CommandCall refused = call(words.split(" "));
            assertEquals(8, refused.exitCode());
            assertTrue(refused.out().contains("LEDGER_DAMAGED"), refused.out());
            assertTrue(refused.out().contains("from a backup"), refused.out());
        }
    }

    @Test
    void aBundleMovesAPromotionToAnotherLedger() throws IOException {
        String id = done("status").get("promotionId").textValue();
        JsonNode exported = done("audit", "export", id, "--key", "key.pem", "--file", "shop.zip");
        assertEquals(1, exported.get("attestations").intValue());
        assertTrue(exported.get("contract").booleanValue());

        CommandCall unsigned = call("audit", "import", "shop.zip", "--ledger", "other");
        assertEquals(3, unsigned.exitCode());
        assertTrue(unsigned.out().contains("SIGNATURE_MISSING"), unsigned.out());
        JsonNode imported = done("audit", "import", "shop.zip", "--key", "key.pub", "--ledger", "other");
        assertEquals("imported", imported.get("outcome").textValue());
        assertEquals(
                "unchanged",
                done("audit", "import", "shop.zip", "--key", "key.pub", "--ledger", "other")
                        .get("outcome")
                        .textValue());
        assertEquals(id, done("status", "--ledger", "other").get("promotionId").textValue());
        assertEquals(
                "intact",
                done("audit", "verify", "--ledger", "other", "--statuses")
                        .get("outcome")
                        .textValue());
        JsonNode here = done("audit", "trail", id);
        JsonNode there = done("audit", "trail", id, "--ledger", "other");
        assertEquals(here, there);
    }

    @Test
    void answersForPeopleFitAWindowOfEightyColumnsWithTheirDigestsWhole() throws IOException {
        JsonNode trail = done("audit", "trail");
        JsonNode exported = done("audit", "export", "--key", "key.pem", "--file", "shop.zip");

        String seen = seen("audit", "trail")
                + seen("history")
                + seen("audit", "export", "--key", "key.pem", "--file", "shop.zip");

        seen.lines().forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(seen.contains(trail.get("contractDigest").textValue()), seen);
        assertTrue(seen.contains(exported.get("digest").textValue()), seen);
        assertTrue(seen.contains(exported.get("keyId").textValue()), seen);
    }

    private String seen(String... words) {
        return CommandCall.in(repository, CommandCall.SEEN, Map.of(), words).out();
    }

    private CommandCall call(String... words) {
        return CommandCall.in(repository, words);
    }

    /** A call that ends well, and the document that it prints, which is one of its schema. */
    private JsonNode done(String... words) throws IOException {
        CommandCall call = call(words);
        assertEquals(0, call.exitCode(), call.out() + call.err());
        JsonNode document = JsonMapper.builder().build().readTree(call.out());
        var schema =
                new SchemaCatalog().schema(document.get("schema").textValue()).orElseThrow();
        assertEquals(List.of(), schema.violations(document));
        return document;
    }
}
