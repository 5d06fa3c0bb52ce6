package dev.railiance.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.PromotionEngine;
import dev.railiance.approval.ApproveRequest.Act;
import dev.railiance.approval.ApproveRequest.Means;
import dev.railiance.audit.ExportedBundle;
import dev.railiance.audit.ImportRequest;
import dev.railiance.audit.ImportResult;
import dev.railiance.audit.VerifyRequest;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.promotion.PromotionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an approval rests on stays in the ledger, leaves it with the promotion, and holds wherever it comes. */
class KeptApprovalsTest {

    private static final String RULES = """
            [approval.stage3]
            required = 2
            from = ["alice@example.org", "bob@example.org"]
            signed = true
            """;

    private static final String SIGNERS = """
            alice@example.org KEY(alice)
            bob@example.org KEY(bob)
            """;

    @TempDir
    Path directory;

    @Test
    void anAuditorNeedsNothingButOpenssh() throws Exception {
        Assumptions.assumeTrue(
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(part -> Files.isExecutable(Path.of(part, "jq"))),
                "jq is not installed here");
        try (var world = new World(directory, RULES, SIGNERS)) {
            Map<String, byte[]> files = files(approved(world));
            Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(unpacked.resolve(file.getKey()), file.getValue());
            }
            String readme = Files.readString(unpacked.resolve("README.md"));
            String script = readme.substring(readme.indexOf("What approvers signed"))
                    .lines()
                    .filter(line -> line.startsWith("       "))
                    .collect(Collectors.joining("\n"));
            Path said = directory.resolve("said");
            Process process = new ProcessBuilder("sh", "-euc", script)
                    .directory(unpacked.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertEquals(0, process.waitFor(), () -> script);
            // Two approvals and a withdrawal.
            assertEquals(
                    3,
                    Files.readAllLines(said).stream()
                            .filter(line -> line.startsWith("Good \"railiance-approval\" signature"))
                            .count());
        }
    }

    @Test
    void aBundleWithAnApprovalThatDoesNotHoldIsRefused() throws Exception {
        try (var world = new World(directory, RULES, SIGNERS)) {
            Map<String, byte[]> files = files(approved(world));
            assertEquals(Optional.empty(), World.code(imported("good", files)));

            var without = new TreeMap<>(files);
            without.remove("documents.jsonl");
            assertEquals(Optional.of(Code.BUNDLE_INVALID), World.code(imported("without", without)));

            String documents = text(files, "documents.jsonl");
            var more = new TreeMap<>(files);
            more.put(
                    "documents.jsonl",
                    (documents + documents.lines().findFirst().orElseThrow() + "\n").getBytes(StandardCharsets.UTF_8));
            assertEquals(Optional.of(Code.BUNDLE_INVALID), World.code(imported("more", more)));

            var changed = new TreeMap<>(files);
            changed.put(
                    "documents.jsonl",
                    documents.replace("looks good", "looks bad!").getBytes(StandardCharsets.UTF_8));
            assertEquals(Optional.of(Code.BUNDLE_INVALID), World.code(imported("changed", changed)));
        }
    }

    @Test
    void anImportedApprovalKeepsItsProof() throws Exception {
        try (var world = new World(directory, RULES, SIGNERS)) {
            Map<String, byte[]> files = files(approved(world));
            World.value(imported("target", files));
            try (var target = PromotionEngine.open(new LedgerLocation.Embedded(directory.resolve("target")))) {
                ExportedBundle again =
                        World.value(target.audit(audit -> audit.export(Optional.empty(), Optional.empty())));
                assertEquals(text(files, "documents.jsonl"), text(files(again.archive()), "documents.jsonl"));
            }
        }
    }

    @Test
    void aKeptStatementThatWasChangedIsNoticed() throws Exception {
        var verify = new VerifyRequest(Optional.empty(), Optional.empty(), Optional.empty(), false, false, false);
        try (var world = new World(directory, RULES, SIGNERS)) {
            approved(world);
            assertEquals(
                    "intact",
                    World.value(world.engine().audit(audit -> audit.verify(verify)))
                            .outcome());
        }
        Path file;
        try (var all = Files.list(directory.resolve("ledger"))) {
            file = all.filter(path -> path.toString().endsWith(".mv.db"))
                    .findFirst()
                    .orElseThrow();
        }
        String url = "jdbc:h2:file:" + file.toString().replace(".mv.db", "");
        try (Connection connection = DriverManager.getConnection(url, "", "");
                Statement statement = connection.createStatement()) {
            assertEquals(
                    2,
                    statement.executeUpdate("UPDATE document SET content = REPLACE(content, 'looks good', 'looks bad!')"
                            + " WHERE content LIKE '%\"approve\"%'"));
        }
        try (var engine = PromotionEngine.open(new LedgerLocation.Embedded(directory.resolve("ledger")))) {
            var found = World.value(engine.audit(audit -> audit.verify(verify)));
            assertEquals("tampered", found.outcome());
        }
    }

    private byte[] approved(World world) throws IOException, InterruptedException {
        PromotionId id = world.gatesPassed();
        World.value(world.approve(id, "alice"));
        World.value(world.approve(id, "bob"));
        world.wait(Duration.ofMinutes(1));
        World.value(world.approve(id, new Act.Withdraw(), new Means.Key(world.key("bob"))));
        return World.value(world.engine().audit(audit -> audit.export(Optional.of(id.value()), Optional.empty())))
                .archive();
    }

    private Outcome<ImportResult> imported(String name, Map<String, byte[]> files) throws Exception {
        var sums = new StringBuilder();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().equals("SHA256SUMS")) {
                sums.append(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(file.getValue())))
                        .append("  ")
                        .append(file.getKey())
                        .append('\n');
            }
        }
        var all = new TreeMap<>(files);
        all.put("SHA256SUMS", sums.toString().getBytes(StandardCharsets.UTF_8));
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : all.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        Path bundle = Files.write(directory.resolve(name + ".zip"), bytes.toByteArray());
        try (var target = PromotionEngine.open(new LedgerLocation.Embedded(directory.resolve(name)))) {
            return target.audit(audit -> audit.take(new ImportRequest(bundle, Optional.empty(), true)));
        }
    }

    private static Map<String, byte[]> files(byte[] archive) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertTrue(files.containsKey("documents.jsonl"));
        return files;
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(assertInstanceOf(byte[].class, files.get(name)), StandardCharsets.UTF_8);
    }
}
