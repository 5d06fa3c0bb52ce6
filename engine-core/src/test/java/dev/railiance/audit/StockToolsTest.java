package dev.railiance.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.signature.SigningKey;
import dev.railiance.signature.TrustedSigners;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Railiance signs, other tools verify; and what they sign, Railiance does. */
class StockToolsTest {

    @TempDir
    Path directory;

    private Shell shell = new Shell(Path.of("."));

    @BeforeEach
    void keys() throws IOException, InterruptedException {
        Shell.needs("ssh-keygen", "openssl");
        shell = new Shell(directory);
        shell.run("""
                ssh-keygen -q -t ed25519 -N '' -C ada -f ssh
                ssh-keygen -q -t ed25519 -N '' -C eve -f eve
                openssl genpkey -algorithm ed25519 -out pem
                openssl pkey -in pem -pubout -out pem.pub
                printf 'ada@example.org %s\\n' "$(cat ssh.pub)" > allowed_signers
                printf 'eve@example.org namespaces="git" %s\\n' "$(cat eve.pub)" >> allowed_signers
                """);
    }

    @Test
    void sshKeygenVerifiesACheckpointSignedWithAnSshKey() throws Exception {
        checkpoint("ssh");
        String said = shell.run("ssh-keygen -Y verify -f allowed_signers -I ada@example.org -n railiance-checkpoint"
                + " -s head.json.sig < head.json");
        assertTrue(said.startsWith("Good \"railiance-checkpoint\" signature for ada@example.org"), said);
    }

    @Test
    void opensslVerifiesACheckpointSignedWithAKeyInPem() throws Exception {
        checkpoint("pem");
        String said =
                shell.run("openssl pkeyutl -verify -pubin -inkey pem.pub -rawin -in head.json -sigfile head.json.sig");
        assertTrue(said.contains("Signature Verified Successfully"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh", "pem"})
    void aCheckpointIsAnAnchorForTheLedgerAndItsContinuation(String key) throws Exception {
        checkpoint(key);
        try (var sample = new SampleLedger(directory.resolve("ledger"))) {
            sample.with(2, 3);
            AuditVerification found = SampleLedger.value(sample.audit().verify(anchored(signers(key))));
            assertEquals("intact", found.outcome());
            assertEquals(Optional.of("valid"), found.anchor().map(AuditVerification.Anchor::signature));
        }
        try (var other = new SampleLedger(directory.resolve("other")).with(0, 1)) {
            AuditVerification found = SampleLedger.value(other.audit().verify(anchored(signers(key))));
            assertEquals("truncated", found.fault().orElseThrow().kind());
        }
        try (var other = new SampleLedger(directory.resolve("another")).with(1, 4)) {
            AuditVerification found = SampleLedger.value(other.audit().verify(anchored(signers(key))));
            assertEquals("rewritten", found.fault().orElseThrow().kind());
        }
    }

    @Test
    void anAnchorThatNobodyVouchesForIsRefused() throws Exception {
        checkpoint("eve");
        try (var sample = new SampleLedger(directory.resolve("ledger"))) {
            assertEquals(Code.SIGNATURE_INVALID, code(sample.audit().verify(anchored(signers("ssh")))));
            assertEquals(Code.SIGNATURE_MISSING, code(sample.audit().verify(anchored(Optional.empty()))));
            Path anchor = directory.resolve("head.json");
            Path signature = directory.resolve("head.json.sig");
            byte[] signed = Files.readAllBytes(signature);
            Files.delete(signature);
            assertEquals(Code.SIGNATURE_MISSING, code(sample.audit().verify(anchored(signers("ssh")))));
            Files.write(signature, signed);
            Files.writeString(anchor, Files.readString(anchor).replace("\"ada\"", "\"eve\""));
            assertEquals(
                    Code.SIGNATURE_INVALID,
                    code(sample.audit()
                            .verify(anchored(Optional.of(
                                    SampleLedger.value(TrustedSigners.key(directory.resolve("eve.pub"))))))));
            Files.writeString(anchor, "{}\n");
            assertEquals(Code.ANCHOR_INVALID, code(sample.audit().verify(anchored(signers("ssh")))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t rsa -b 3072", "-t ecdsa -b 256", "-t ecdsa -b 384", "-t ecdsa -b 521", "-t ed25519"})
    void everyUsualKindOfSshKeySigns(String kind) throws Exception {
        shell.run(
                "ssh-keygen -q " + kind + " -N '' -f other && printf '*@example.org %s' \"$(cat other.pub)\" > others");
        try (var sample = new SampleLedger(directory.resolve("ledger"))) {
            byte[] message = "a message".getBytes(StandardCharsets.UTF_8);
            SigningKey.Signed signed =
                    SampleLedger.value(sample.key(directory.resolve("other")).sign(message, "x"));
            TrustedSigners others = SampleLedger.value(TrustedSigners.allowed(directory.resolve("others")));
            assertEquals(
                    signed.keyId(), SampleLedger.value(others.signer(message, signed.bytes(), "x", SampleLedger.NOW)));
            assertEquals(Code.SIGNATURE_INVALID, code(others.signer(message, signed.bytes(), "y", SampleLedger.NOW)));
            message[0] ^= 1;
            assertEquals(Code.SIGNATURE_INVALID, code(others.signer(message, signed.bytes(), "x", SampleLedger.NOW)));
        }
    }

    @Test
    void validityAndPurposeOfAnAllowedSignerAreRespected() throws Exception {
        shell.run("""
                k=$(cat ssh.pub)
                printf 'a valid-before="20260101Z" %s\\nb namespaces="git,file" %s\\nc cert-authority %s\\n' "$k" "$k" "$k" > none
                printf 'a valid-after="202601010000Z",namespaces="rail*" %s\\n' "$k" > some
                """);
        try (var sample = new SampleLedger(directory.resolve("ledger"))) {
            byte[] message = {1, 2, 3};
            byte[] signature = SampleLedger.value(
                            sample.key(directory.resolve("ssh")).sign(message, "railiance-x"))
                    .bytes();
            TrustedSigners none = SampleLedger.value(TrustedSigners.allowed(directory.resolve("none")));
            assertEquals(
                    Code.SIGNATURE_INVALID, code(none.signer(message, signature, "railiance-x", SampleLedger.NOW)));
            TrustedSigners some = SampleLedger.value(TrustedSigners.allowed(directory.resolve("some")));
            assertEquals("a", SampleLedger.value(some.signer(message, signature, "railiance-x", SampleLedger.NOW)));
        }
    }

    @Test
    void aKeyWithAPassphraseIsNotAskedFor() throws Exception {
        shell.run("ssh-keygen -q -t ed25519 -N secret -f locked");
        try (var sample = new SampleLedger(directory.resolve("ledger"))) {
            assertEquals(
                    Code.SIGNING_FAILED,
                    code(sample.key(directory.resolve("locked")).sign(new byte[1], "x")));
        }
    }

    @Test
    void aKeyInTheAgentSignsByTheNameOfItsPublicHalf() throws Exception {
        Shell.needs("ssh-agent", "ssh-add");
        Path socket = directory.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectOutput(directory.resolve("agent.out").toFile())
                .redirectErrorStream(true)
                .start();
        try (var sample = new SampleLedger(directory.resolve("ledger"))) {
            shell.run("for i in $(seq 100); do test -S agent && break; sleep 0.05; done\n"
                    + "SSH_AUTH_SOCK=$PWD/agent ssh-add -q ssh && rm ssh");
            byte[] message = {1, 2, 3};
            SigningKey key = SampleLedger.value(SigningKey.read(
                    directory.resolve("ssh.pub"),
                    sample::processes,
                    Map.of("PATH", System.getenv("PATH"), "SSH_AUTH_SOCK", socket.toString())));
            byte[] signature = SampleLedger.value(key.sign(message, "x")).bytes();
            assertEquals(
                    "ada@example.org",
                    SampleLedger.value(signers("ssh").orElseThrow().signer(message, signature, "x", SampleLedger.NOW)));
        } finally {
            agent.destroy();
        }
    }

    @Test
    void aToolThatIsMissingFailsWithAHint() {
        try (var sample = new SampleLedger(directory.resolve("ledger"))) {
            Outcome<SigningKey.Signed> outcome = SampleLedger.value(SigningKey.read(
                            directory.resolve("ssh"), sample::processes, Map.of("PATH", directory.toString())))
                    .sign(new byte[1], "x");
            assertEquals(Code.SIGNING_FAILED, code(outcome));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh", "pem"})
    void aBundleIsVerifiedAsItsReadmeSays(String key) throws Exception {
        Shell.needs("jq", "sha256sum");
        Path unpacked = unpack(bundle(key));
        String verify = key.equals("ssh")
                ? "ssh-keygen -Y verify -f ../allowed_signers -I ada@example.org -n %s -s %s < %s"
                : "openssl pkeyutl -verify -pubin -inkey ../pem.pub -rawin -sigfile %2$s -in %3$s";
        String said = new Shell(unpacked).run(scripts(Files.readString(unpacked.resolve("README.md")), verify));
        assertTrue(said.contains("the chain holds"), said);
        assertFalse(said.contains("broken"), said);
        for (String fact : List.of("validation", "canary", "gates", "approval", "promotion")) {
            assertTrue(said.contains("https://railiance.dev/attestation/" + fact + "/v1"), said);
        }
        assertEquals(
                6,
                said.lines()
                        .filter(line -> line.startsWith("Good ") || line.contains("Verified Succ"))
                        .count());
    }

    /** The page's commands up to those on approvals, those of the signature replaced by the ones that fit the key. */
    private static String scripts(String readme, String verify) {
        return readme.substring(0, readme.indexOf("\n6. What approvers signed"))
                .lines()
                .filter(line -> line.startsWith("       "))
                .map(line -> line.substring(7))
                .filter(line -> !line.strip().startsWith("# or") && !line.startsWith("openssl"))
                .map(line -> !line.contains("ssh-keygen")
                        ? line
                        : line.contains("SHA256SUMS")
                                ? verify.formatted("railiance-bundle", "SHA256SUMS.sig", "SHA256SUMS")
                                : verify.formatted("railiance-attestation", "payload.sig", "signed"))
                .reduce("", (script, line) -> script + line + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh", "pem"})
    void aBundleMovesAPromotionToAnotherLedgerWithItsHashes(String key) throws Exception {
        Path file = bundle(key);
        try (var target = new SampleLedger(directory.resolve("target")).with(5, 6)) {
            var request = new ImportRequest(file, signers(key), false);
            ImportResult result = SampleLedger.value(target.audit().take(request));
            assertEquals("imported", result.outcome());
            assertEquals("promoted", result.phase());
            assertEquals(
                    "unchanged",
                    SampleLedger.value(target.audit().take(request)).outcome());
            assertEquals(
                    "intact",
                    SampleLedger.value(target.audit().verify(VerifyRequest.LEDGER))
                            .outcome());
            byte[] again = SampleLedger.value(target.audit()
                            .export(
                                    Optional.of(SampleLog.id(1).value()),
                                    Optional.of(target.key(directory.resolve(key)))))
                    .archive();
            assertTrue(Arrays.equals(Files.readAllBytes(file), again));
        }
    }

    @Test
    void aSignedBundleWithoutItsAttestationsIsRefused() throws Exception {
        var files = SampleLedger.value(BundleReader.read(bundle("pem")));
        files.remove(Bundle.ATTESTATIONS);
        byte[] sums = Bundle.sums(files).getBytes(StandardCharsets.UTF_8);
        files.put(Bundle.SUMS, sums);
        try (var target = new SampleLedger(directory.resolve("target"))) {
            SigningKey key = target.key(directory.resolve("pem"));
            files.put(
                    Bundle.SIGNATURE,
                    SampleLedger.value(key.sign(sums, Bundle.NAMESPACE)).bytes());
            Path less = Files.write(directory.resolve("less.zip"), Bundle.zip(files));
            assertEquals(
                    Code.BUNDLE_INVALID, code(target.audit().take(new ImportRequest(less, signers("pem"), false))));
        }
    }

    @Test
    void aBundleOfSomebodyElseIsRefused() throws Exception {
        Path file = bundle("eve");
        try (var target = new SampleLedger(directory.resolve("target"))) {
            assertEquals(
                    Code.SIGNATURE_INVALID, code(target.audit().take(new ImportRequest(file, signers("ssh"), false))));
            assertEquals(
                    Code.SIGNATURE_MISSING,
                    code(target.audit().take(new ImportRequest(file, Optional.empty(), false))));
            assertEquals(
                    "not-checked",
                    SampleLedger.value(target.audit().take(new ImportRequest(file, Optional.empty(), true)))
                            .signature());
        }
    }

    private void checkpoint(String key) throws IOException {
        try (var sample = new SampleLedger(directory.resolve("ledger")).with(0, 2)) {
            SignedCheckpoint signed = SampleLedger.value(sample.audit().checkpoint(sample.key(directory.resolve(key))));
            Files.write(directory.resolve("head.json"), signed.checkpoint().bytes());
            Files.write(directory.resolve("head.json.sig"), signed.signature().bytes());
        }
    }

    private Path bundle(String key) throws IOException {
        try (var sample = new SampleLedger(directory.resolve("ledger")).with(0, 3)) {
            ExportedBundle bundle = SampleLedger.value(sample.audit()
                    .export(Optional.of(SampleLog.id(1).value()), Optional.of(sample.key(directory.resolve(key)))));
            return Files.write(directory.resolve("bundle.zip"), bundle.archive());
        }
    }

    private Path unpack(Path file) throws IOException {
        Path target = Files.createDirectory(directory.resolve("unpacked"));
        var files = SampleLedger.value(BundleReader.read(file));
        for (var each : files.entrySet()) {
            Files.write(target.resolve(each.getKey()), each.getValue());
        }
        try (Stream<Path> all = Files.list(target)) {
            assertEquals(8, all.count());
        }
        return target;
    }

    private Optional<TrustedSigners> signers(String key) {
        return Optional.of(SampleLedger.value(
                key.equals("pem")
                        ? TrustedSigners.key(directory.resolve("pem.pub"))
                        : TrustedSigners.allowed(directory.resolve("allowed_signers"))));
    }

    private VerifyRequest anchored(Optional<TrustedSigners> signers) {
        return new VerifyRequest(
                Optional.empty(), Optional.of(directory.resolve("head.json")), signers, false, false, true);
    }

    private static Code code(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.NotDone.class, outcome).failure().code();
    }
}
