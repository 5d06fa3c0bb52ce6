package dev.railiance.cli;

import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.*;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A repository whose ledger has seen three promotions: one that came to production, one that did not come up there and was
 * rolled back, and one that waits for its approval. Beside it lies {@code strict.toml}, under which much of that would have
 * come out otherwise.
 */
final class SampleLedger {

    private static final Digest PLAN = digest("plan");
    private static final String CONTRACT = """
            schema = "railiance.app.v1"

            [app]
            name = "shop"

            [owner]
            team = "web"

            [stage1]
            [[stage1.commands]]
            name = "build"
            argv = ["true"]

            [[stage2.gates]]
            name = "errors"
            kind = "command"
            argv = ["true"]

            [[stage2.gates]]
            name = "latency"
            kind = "command"
            argv = ["true"]
            required = %s

            [rollback]
            automatic = %s

            [approval.stage3]
            required = 1
            from = [%s]
            exclude_requester = true
            expires = "168h"
            signed = false
            """;

    private final Path repository;
    private int attempts;

    private SampleLedger(Path repository) {
        this.repository = repository;
    }

    static Path in(Path parent) throws IOException {
        Path repository = SampleRepository.with(parent, CONTRACT.formatted("false", "false", "\"grace\", \"linus\""));
        Files.writeString(repository.resolve("strict.toml"), CONTRACT.formatted("true", "true", "\"linus\"") + """

                [[freeze]]
                name = "weekend"
                weekly = { from = "Fri 16:00", to = "Mon 08:00", zone = "Europe/Berlin" }
                """);
        Files.writeString(
                repository.resolve("mail.toml"),
                Files.readString(repository.resolve("strict.toml")).replace("\"shop\"", "\"mail\""));
        var ledger = new SampleLedger(repository);
        ledger.promoted();
        ledger.rolledBack();
        ledger.waiting();
        return repository;
    }

    private void promoted() {
        PromotionId id = run("2026-01-05T08:00:00Z");
        canary(id, "2026-01-05T08:");
        approve(id, "2026-01-05T09:00:00Z", "grace");
        tell(id, "2026-01-06T10:00:00Z", "ada", new StartPromote(attempt(), PLAN));
        tell(id, "2026-01-06T10:05:00Z", "ada", new CompletePromote(attemptId(), release()));
    }

    private void rolledBack() throws IOException {
        Files.writeString(repository.resolve("source.txt"), "changed");
        PromotionId id = run("2026-01-09T08:00:00Z");
        canary(id, "2026-01-09T08:");
        tell(id, "2026-01-09T08:30:00Z", "ada", look("latency"));
        approve(id, "2026-01-09T09:00:00Z", "linus");
        // A Friday, after four o'clock in Berlin.
        tell(id, "2026-01-09T15:30:00Z", "ada", new StartPromote(attempt(), PLAN));
        var failed = new FailPromote(attemptId(), "a post-check failed", attempt());
        tell(id, "2026-01-09T15:40:00Z", "ada", failed);
        tell(id, "2026-01-09T15:45:00Z", "ada", new StartRollback(attempt(), false, "a post-check failed"));
        tell(id, "2026-01-09T16:10:00Z", "ada", new CompleteRollback(attemptId()));
    }

    private void waiting() throws IOException {
        Files.writeString(repository.resolve("source.txt"), "changed again");
        PromotionId id = run("2026-01-12T08:00:00Z");
        canary(id, "2026-01-12T08:");
    }

    private void canary(PromotionId id, String hour) {
        tell(id, hour + "10:00Z", "ada", new StartCanary(attempt(), PLAN));
        tell(id, hour + "12:00Z", "ada", new CompleteCanary(attemptId(), release()));
        tell(id, hour + "20:00Z", "ada", look("errors"));
    }

    private void approve(PromotionId id, String at, String who) {
        Instant expires = Instant.parse(at).plusSeconds(7 * 86400);
        var approval = new Approval(Approval.Scope.STAGE3, PLAN, new Actor(who), expires, false, "looks good");
        tell(id, at, who, new GrantApproval(approval));
    }

    private PromotionId run(String at) {
        try (var engine = engine(at, "ada")) {
            return new PromotionId(done(engine.run(RunRequest.of(repository))).promotionId());
        }
    }

    private void tell(PromotionId id, String at, String who, PromotionCommand command) {
        try (var engine = engine(at, who)) {
            done(engine.handle(id, command));
        }
    }

    private PromotionEngine engine(String at, String who) {
        EngineSettings usual = EngineSettings.of(LedgerLocation.of(repository));
        return PromotionEngine.open(new EngineSettings(
                usual.ledger(),
                new Actor(who),
                "host",
                usual.environment(),
                InstantSource.fixed(Instant.parse(at)),
                Optional.empty()));
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.NotDone<T> not ->
                throw new AssertionError(not.failure().toString());
        };
    }

    private static PromotionCommand look(String gate) {
        return new EvaluateGate(new GateEvaluation(
                gate,
                GateEvaluation.Result.PASS,
                "exit code 0",
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(),
                List.of(),
                digest("samples")));
    }

    private Attempt attempt() {
        attempts++;
        return new Attempt(attemptId(), "host", 4711);
    }

    private AttemptId attemptId() {
        return new AttemptId("00000000-0000-4000-8000-%012d".formatted(attempts));
    }

    private static Release release() {
        return new Release("shop", "shop", 3, digest("manifests"));
    }

    private static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }
}
