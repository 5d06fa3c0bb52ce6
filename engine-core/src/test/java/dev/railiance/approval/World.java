package dev.railiance.approval;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.approval.ApproveRequest.Act;
import dev.railiance.approval.ApproveRequest.Means;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.projection.RunResult;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.CompleteCanary;
import dev.railiance.promotion.PromotionCommand.CompletePromote;
import dev.railiance.promotion.PromotionCommand.PassGates;
import dev.railiance.promotion.PromotionCommand.StartCanary;
import dev.railiance.promotion.PromotionCommand.StartPromote;
import dev.railiance.promotion.PromotionCommand.SupersedePromotion;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A repository with people who have real SSH keys, and an engine whose clock can be put forward. */
final class World implements AutoCloseable {

    static final Digest PLAN = Digest.of("plan".getBytes(StandardCharsets.UTF_8));
    static final Instant START = Instant.parse("2026-11-24T09:00:00Z");

    private final Path repository;
    private final Path keys;
    private final PromotionEngine engine;
    private Instant now = START;
    private int attempts;
    private Optional<PromotionId> production = Optional.empty();

    World(Path directory, String approval, String signers) throws IOException, InterruptedException {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(part -> Files.isExecutable(Path.of(part, "ssh-keygen")));
        Assumptions.assumeTrue(there, "ssh-keygen is not installed here");
        repository = Files.createDirectories(directory.resolve("repository"));
        keys = Files.createDirectories(directory.resolve("keys"));
        declare(approval, signers);
        engine = PromotionEngine.open(new EngineSettings(
                new LedgerLocation.Embedded(directory.resolve("ledger")),
                new Actor("ada"),
                "runner-7",
                Map.of("PATH", System.getenv("PATH")),
                () -> now,
                Optional.empty()));
    }

    PromotionEngine engine() {
        return engine;
    }

    Path repository() {
        return repository;
    }

    void wait(Duration span) {
        now = now.plus(span);
    }

    /** Writes contract and signers; in the signers {@code KEY(name)} stands for somebody's public key. */
    void declare(String approval, String signers) throws IOException, InterruptedException {
        Files.createDirectories(repository.resolve("railiance"));
        Files.writeString(repository.resolve("railiance/app.toml"), """
                schema = "railiance.app.v1"

                [app]
                name = "shop"

                [owner]
                team = "web"

                [stage1]
                commands = [{ name = "build", argv = ["/bin/true"], timeout = "10s" }]

                """ + approval);
        Files.writeString(signersFile(), filled(signers));
    }

    Path signersFile() {
        return repository.resolve("railiance/allowed_signers");
    }

    String filled(String signers) throws IOException, InterruptedException {
        String text = signers;
        for (int at = text.indexOf("KEY("); at >= 0; at = text.indexOf("KEY(")) {
            String name = text.substring(at + 4, text.indexOf(')', at));
            String key = Files.readString(Path.of(key(name) + ".pub")).strip();
            text = text.replace("KEY(" + name + ")", key);
        }
        return text;
    }

    /** Somebody's private key, made where there is none yet; of another type where it is {@code TYPE:NAME}. */
    Path key(String name) throws IOException, InterruptedException {
        Path file = keys.resolve(name);
        if (!Files.exists(file)) {
            String type = name.contains(":") ? name.substring(0, name.indexOf(':')) : "ed25519";
            assertTrue(ends(
                    keys, Optional.empty(), "ssh-keygen", "-q", "-t", type, "-N", "", "-C", "", "-f", "./" + name));
        }
        return file;
    }

    /** What an authority says of somebody's key: a new certificate in the place of the last one. */
    Path certified(String person, String authority, List<String> options) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of("ssh-keygen", "-q", "-s", key(authority).toString(), "-I", "made here"));
        command.addAll(options);
        command.add(key(person) + ".pub");
        assertTrue(ends(keys, Optional.empty(), command.toArray(String[]::new)), command::toString);
        return Path.of(key(person) + "-cert.pub");
    }

    PromotionId validated() {
        var run = assertInstanceOf(Outcome.Done.class, engine.run(RunRequest.of(repository)));
        return new PromotionId(((RunResult) run.value()).promotionId());
    }

    PromotionId gatesPassed() {
        PromotionId id = validated();
        Attempt attempt = attempt();
        tell(id, new StartCanary(attempt, PLAN));
        tell(id, new CompleteCanary(attempt.id(), release()));
        tell(id, new PassGates());
        return id;
    }

    void promoted(PromotionId id) {
        Attempt attempt = attempt();
        tell(id, new StartPromote(attempt, PLAN));
        tell(id, new CompletePromote(attempt.id(), release()));
        production.filter(before -> !before.equals(id)).ifPresent(before -> tell(before, new SupersedePromotion(id)));
        production = Optional.of(id);
    }

    Attempt attempt() {
        attempts++;
        return new Attempt(new AttemptId("00000000-0000-4000-8000-%012d".formatted(attempts)), "runner-7", 1);
    }

    static Release release() {
        return new Release("shop", "web", 1, Digest.of(new byte[0]));
    }

    void tell(PromotionId id, PromotionCommand command) {
        assertInstanceOf(Outcome.Done.class, engine.handle(id, command), command::toString);
    }

    String phase(PromotionId id) {
        return value(engine.approvals(Optional.of(id.value()))).phase();
    }

    Outcome<ApprovalResult> approve(PromotionId id, String person) throws IOException, InterruptedException {
        return approve(id, new Act.Approve(Scope.STAGE3, Optional.of(PLAN)), new Means.Key(key(person)));
    }

    Outcome<ApprovalResult> approve(PromotionId id, Act act, Means means) {
        return engine.approve(request(id, act, means));
    }

    ApproveRequest request(PromotionId id, Act act, Means means) {
        return new ApproveRequest(repository, Optional.of(id.value()), act, means, Optional.of("looks good"));
    }

    /** A statement that is printed here. */
    ApprovalStatement statement(PromotionId id, String approver) {
        return value(engine.approvalStatement(
                request(id, new Act.Approve(Scope.STAGE3, Optional.of(PLAN)), new Means.Nothing()), approver));
    }

    /** What stock OpenSSH makes of a statement, in files. */
    Means.Brought signed(byte[] statement, String person, String namespace) throws IOException, InterruptedException {
        return signedWith(statement, key(person), namespace);
    }

    /** The same with a key, or with a certificate beside its key. */
    Means.Brought signedWith(byte[] statement, Path key, String namespace) throws IOException, InterruptedException {
        Path file = Files.createTempFile(keys, "statement", ".json");
        Files.write(file, statement);
        assertTrue(ends(
                keys,
                Optional.empty(),
                "ssh-keygen",
                "-q",
                "-Y",
                "sign",
                "-f",
                key.toString(),
                "-n",
                namespace,
                file.toString()));
        return new Means.Brought(file, Path.of(file + ".sig"));
    }

    Means.Brought signed(ApprovalStatement statement, String person) throws IOException, InterruptedException {
        return signed(statement.bytes(), person, ApprovalStatement.NAMESPACE);
    }

    Outcome<ApprovalResult> bring(PromotionId id, Means.Brought brought) {
        return approve(id, new Act.Approve(Scope.STAGE3, Optional.empty()), brought);
    }

    /** What {@code ssh-keygen -Y verify} says of it now. */
    boolean openssh(Means.Brought brought, String approver) throws IOException, InterruptedException {
        return openssh(brought, approver, signersFile());
    }

    /** The same by another signers file. */
    boolean openssh(Means.Brought brought, String approver, Path signers) throws IOException, InterruptedException {
        return ends(
                keys,
                Optional.of(brought.statement()),
                "ssh-keygen",
                "-Y",
                "verify",
                "-O",
                "verify-time=" + time(),
                "-f",
                signers.toString(),
                "-I",
                approver,
                "-n",
                "railiance-approval",
                "-s",
                brought.signature().toString());
    }

    /** Whose signature it is to {@code ssh-keygen -Y find-principals} now. */
    List<String> principals(Means.Brought brought) throws IOException, InterruptedException {
        Path said = Files.createTempFile(keys, "principals", "");
        Process process = new ProcessBuilder(
                        "ssh-keygen",
                        "-Y",
                        "find-principals",
                        "-O",
                        "verify-time=" + time(),
                        "-f",
                        signersFile().toString(),
                        "-s",
                        brought.signature().toString())
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return Files.readAllLines(said).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .toList();
    }

    private String time() {
        return now.toString().replaceAll("[^0-9]", "").substring(0, 14) + "Z";
    }

    /** What is in the armour of a signature. */
    byte[] bytes(Path signature) throws IOException {
        return Base64.getMimeDecoder()
                .decode(Files.readString(signature)
                        .replaceAll("-----[A-Z ]+-----", "")
                        .strip());
    }

    void armour(Path signature, byte[] bytes) throws IOException {
        Files.writeString(
                signature,
                "-----BEGIN SSH SIGNATURE-----\n"
                        + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(bytes)
                        + "\n-----END SSH SIGNATURE-----\n");
    }

    static boolean ends(Path directory, Optional<Path> input, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        input.ifPresent(file -> builder.redirectInput(file.toFile()));
        Process process = builder.start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue() == 0;
    }

    static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.NotDone<T> not ->
                throw new AssertionError(not.failure().toString());
        };
    }

    static Optional<Code> code(Outcome<?> outcome) {
        return outcome instanceof Outcome.NotDone<?> not
                ? Optional.of(not.failure().code())
                : Optional.empty();
    }

    @Override
    public void close() {
        engine.close();
    }
}
