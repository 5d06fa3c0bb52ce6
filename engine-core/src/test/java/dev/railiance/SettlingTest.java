package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.projection.RunResult;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionCommand.CompleteCanary;
import dev.railiance.promotion.PromotionCommand.GrantApproval;
import dev.railiance.promotion.PromotionCommand.PassGates;
import dev.railiance.promotion.PromotionCommand.StartCanary;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from approvals is recorded when somebody asks for it, and only then. */
class SettlingTest {

    private static final Digest PLAN = Digest.of(new byte[] {1});

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-11-24T09:00:00Z");

    @Test
    void anExpiredApprovalTakesThePermissionBack() throws IOException {
        Path repository = Files.createDirectories(directory.resolve("repository"));
        Files.createDirectories(repository.resolve("railiance"));
        Files.writeString(repository.resolve("railiance/app.toml"), """
                schema = "railiance.app.v1"

                [app]
                name = "shop"

                [owner]
                team = "web"

                [stage1]
                commands = [{ name = "build", argv = ["/bin/true"], timeout = "10s" }]

                [approval.stage3]
                required = 1
                expires = "8h"
                signed = false
                """);
        var settings = new EngineSettings(
                new LedgerLocation.Embedded(directory.resolve("ledger")),
                new Actor("ada"),
                "runner-7",
                Map.of("PATH", "/usr/bin:/bin"),
                () -> now,
                Optional.empty());
        try (PromotionEngine engine = PromotionEngine.open(settings)) {
            var run = assertInstanceOf(Outcome.Done.class, engine.run(RunRequest.of(repository)));
            var id = new PromotionId(((RunResult) run.value()).promotionId());
            assertEquals("unchanged, validated", settled(engine, id));
            var attempt = new Attempt(new AttemptId("00000000-0000-4000-8000-000000000001"), "runner-7", 1);
            assertInstanceOf(Outcome.Done.class, engine.handle(id, new StartCanary(attempt, PLAN)));
            var release = new Release("shop", "web", 1, PLAN);
            assertInstanceOf(Outcome.Done.class, engine.handle(id, new CompleteCanary(attempt.id(), release)));
            assertInstanceOf(Outcome.Done.class, engine.handle(id, new PassGates()));
            assertEquals("unchanged, gates-passed", settled(engine, id));
            var approval = new Approval(
                    Scope.STAGE3, PLAN, new Actor("grace"), now.plus(Duration.ofHours(8)), false, "looks good");
            assertInstanceOf(Outcome.Done.class, engine.handle(id, new GrantApproval(approval)));
            assertEquals("unchanged, approved", settled(engine, id));
            now = now.plus(Duration.ofHours(8));
            assertEquals("accepted, gates-passed", settled(engine, id));
        }
    }

    private static String settled(PromotionEngine engine, PromotionId id) {
        Outcome<Decision> outcome = engine.settleApproval(id);
        var done = assertInstanceOf(Outcome.Done.class, outcome, outcome::toString);
        var approvals = assertInstanceOf(Outcome.Done.class, engine.approvals(Optional.of(id.value())));
        return (done.value() instanceof Decision.Accepted ? "accepted, " : "unchanged, ")
                + ((dev.railiance.approval.Approvals) approvals.value()).phase();
    }
}
