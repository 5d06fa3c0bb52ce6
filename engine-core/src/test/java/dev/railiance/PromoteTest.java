package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.DeployRequest.Mode;
import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Entry;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.h2.H2Ledger;
import dev.railiance.process.Cancellation;
import dev.railiance.projection.Query;
import dev.railiance.projection.Stage3PromoteResult;
import dev.railiance.projection.Stage3RollbackResult;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionCommand.CompleteCanary;
import dev.railiance.promotion.PromotionCommand.CompletePromote;
import dev.railiance.promotion.PromotionCommand.GrantApproval;
import dev.railiance.promotion.PromotionCommand.PassGates;
import dev.railiance.promotion.PromotionCommand.StartCanary;
import dev.railiance.promotion.PromotionCommand.StartPromote;
import dev.railiance.promotion.PromotionCommand.StartRollback;
import dev.railiance.promotion.PromotionEvent.ApprovalGranted;
import dev.railiance.promotion.PromotionEvent.PromotionApproved;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage3.PlanParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the way of production is said before any tool of a cluster is called. */
class PromoteTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Digest CANARY_PLAN = Digest.of(new byte[] {1});

    @TempDir
    Path repository;

    @TempDir
    Path ledger;

    private int asked;

    @BeforeEach
    void declare() throws IOException {
        Files.createDirectories(repository.resolve("chart/templates"));
        Files.writeString(repository.resolve("chart/Chart.yaml"), "name: shop\n");
        Files.createDirectories(repository.resolve("values"));
        Files.writeString(repository.resolve("values/base.yaml"), "{}\n");
        Files.writeString(repository.resolve("values/stage3.yaml"), "{}\n");
        Files.createDirectories(repository.resolve("railiance"));
        contract("");
    }

    private void contract(String more) throws IOException {
        Files.writeString(repository.resolve("railiance/app.toml"), """
                schema = "railiance.app.v1"

                [app]
                name = "shop"

                [owner]
                team = "web"

                [deploy]
                chart = "chart"
                values = ["values/base.yaml"]

                [stage1]

                [[stage1.commands]]
                name = "build"
                argv = ["/bin/true"]
                timeout = "10s"

                [stage3]
                values = ["values/stage3.yaml"]

                [approval.stage3]
                required = 1
                from = ["grace"]
                signed = false

                [approval.rollback]
                required = 1
                from = ["grace"]
                signed = false
                """ + more);
    }

    @Test
    void whatWasApprovedIsHandedToTheToolsAndNothingElseIs() throws IOException {
        approve(approvedAt(NOW));
        try (PromotionEngine engine = engine()) {
            assertEquals(0, asked);
            assertEquals(Code.TOOL_UNAVAILABLE, failure(engine.promote(apply())).code());
            assertEquals(1, asked);
        }
    }

    @Test
    void aByteThatChangedAfterTheApprovalIsNamedAndNoToolIsCalled() throws IOException {
        PromotionId id = approvedAt(NOW);
        approve(id);
        for (Map.Entry<String, String> change : Map.of(
                        "chart/Chart.yaml", "chart",
                        "chart/templates/new.yaml", "chart",
                        "values/base.yaml", "values file values/base.yaml",
                        "values/stage3.yaml", "values file values/stage3.yaml",
                        "railiance/allowed_signers", "signers",
                        "railiance/app.toml", "contract")
                .entrySet()) {
            Path file = repository.resolve(change.getKey());
            Optional<String> before = Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
            Files.writeString(file, before.orElse("") + "# another byte\n");
            try (PromotionEngine engine = engine()) {
                Failure refused = failure(engine.promote(apply()));
                assertEquals(Code.PLAN_CHANGED, refused.code(), refused.message());
                // Outside git every file is part of the artifact.
                assertEquals(
                        "promotion " + id + ": it is not the one that was approved; changed: artifact, "
                                + change.getValue(),
                        refused.message());
                assertTrue(refused.hint().startsWith("railiance "), refused.hint());
            }
            if (before.isPresent()) {
                Files.writeString(file, before.get());
            } else {
                Files.delete(file);
            }
        }
        assertEquals(0, asked);
        try (PromotionEngine engine = engine()) {
            assertEquals(Code.TOOL_UNAVAILABLE, failure(engine.promote(apply())).code());
        }
    }

    @Test
    void anotherImageUnderTheSameNameIsAnotherPlan() throws IOException {
        String image = """

                [artifact]
                image = "registry.example.org/shop"
                digest = "sha256:DIGEST"
                """;
        contract(image.replace("DIGEST", "a".repeat(64)));
        PromotionId id = approvedAt(NOW);
        approve(id);
        contract(image.replace("DIGEST", "a".repeat(63) + "b"));
        try (PromotionEngine engine = engine()) {
            Failure refused = failure(engine.promote(apply()));
            assertEquals(Code.PLAN_CHANGED, refused.code());
            assertEquals(
                    "promotion " + id + ": it is not the one that was approved; changed: artifact, contract",
                    refused.message());
        }
        assertEquals(0, asked);
    }

    @Test
    void aWindowOfProductionIsShownThoughThePromotionWouldTakeItAway() throws IOException {
        contract("""

                [[freeze]]
                name = "year end"
                from = FROM
                to = TO
                """.replace("FROM", NOW.plusSeconds(600).toString())
                .replace("TO", NOW.plusSeconds(1_800).toString()));
        PromotionId first = promoted(Optional.empty());
        contract("");
        PromotionId second = approvedAt(NOW.plusSeconds(1));
        approve(second, parts(Optional.of(first)));
        try (PromotionEngine engine = engine(NOW.plusSeconds(900))) {
            Stage3PromoteResult refused = done(engine.promote(apply()));
            assertEquals(List.of("freeze window"), unmet(refused));
            assertEquals("refused", refused.outcome());
        }
        try (PromotionEngine engine = engine(NOW.plusSeconds(1_900))) {
            assertEquals(Code.TOOL_UNAVAILABLE, failure(engine.promote(apply())).code());
        }
    }

    @Test
    void whatWasNeverValidatedIsNotTakenForWhatIsInProduction() throws IOException {
        promoted(Optional.empty());
        Files.writeString(repository.resolve("values/base.yaml"), "replicas: 2\n");
        try (PromotionEngine engine = engine()) {
            Failure refused = failure(engine.promote(apply()));
            assertEquals(Code.PROMOTION_NOT_FOUND, refused.code());
            assertEquals("railiance run", refused.hint());
        }
    }

    @Test
    void whatWasReplacedNeitherReplacesNorIsRolledBack() throws IOException {
        PromotionId first = promoted(Optional.empty());
        Files.writeString(repository.resolve("values/base.yaml"), "replicas: 2\n");
        PromotionId second = promoted(Optional.of(first));
        try (PromotionEngine engine = engine()) {
            Failure refused = failure(engine.rollback(toRevision(first, Optional.empty())));
            assertEquals(Code.ILLEGAL_TRANSITION, refused.code());
            assertEquals("railiance rollback " + second, refused.hint());
            assertEquals("unchanged", done(engine.promote(apply(first))).outcome());
            assertEquals(List.of("promoted", "promoted"), phases(engine, first, second));
            assertEquals("unchanged", done(engine.promote(apply(second))).outcome());
            assertEquals(List.of("superseded", "promoted"), phases(engine, first, second));
        }
        assertEquals(0, asked);
    }

    private static List<String> phases(PromotionEngine engine, PromotionId... promotions) {
        return Stream.of(promotions)
                .map(id -> done(engine.query(Query.status(id.value()))).phase().name())
                .map(phase -> phase.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** A promotion that is in production by the ledger alone; what it replaced is not recorded. */
    private PromotionId promoted(Optional<PromotionId> base) {
        PromotionId id = approvedAt(NOW);
        PlanParts plan = parts(base);
        approve(id, plan);
        try (PromotionEngine engine = engine()) {
            var attempt = new Attempt(new AttemptId("00000000-0000-4000-8000-000000000003"), "runner-7", 1);
            var release = new Release("shop", "shop", 1, Digest.of(new byte[0]));
            done(engine.handle(id, new StartPromote(attempt, plan.digest(), Optional.of(release))));
            done(engine.handle(id, new CompletePromote(attempt.id(), release)));
        }
        return id;
    }

    @Test
    void anotherPromotionInProductionIsAnotherPlan() throws IOException {
        PromotionId id = approvedAt(NOW);
        approve(id, parts(Optional.of(new PromotionId("01900000-0000-7000-8000-000000000009"))));
        try (PromotionEngine engine = engine()) {
            Failure refused = failure(engine.promote(apply()));
            assertEquals(Code.PLAN_CHANGED, refused.code());
            assertTrue(refused.message().endsWith("changed: base"), refused.message());
        }
        assertEquals(0, asked);
    }

    @Test
    void whoHasNoApprovalOrOneThatHasExpiredIsRefusedWithoutAnyTool() throws IOException {
        PromotionId id = approvedAt(NOW);
        try (PromotionEngine engine = engine()) {
            Stage3PromoteResult refused = done(engine.promote(apply()));
            assertEquals("refused", refused.outcome());
            assertEquals(List.of("lifecycle", "approvals"), unmet(refused));
            assertEquals("gates-passed", refused.phase());
        }
        approve(id);
        try (PromotionEngine engine = engine(NOW.plusSeconds(7_200))) {
            Stage3PromoteResult refused = done(engine.promote(apply()));
            assertEquals(List.of("approvals"), unmet(refused));
            assertEquals(
                    "0 of 1 for this plan, and 1 expired",
                    refused.checks().stream()
                            .filter(check -> check.name().equals("approvals"))
                            .findFirst()
                            .flatMap(check -> check.reason())
                            .orElse(""));
        }
        assertEquals(0, asked);
    }

    @Test
    void gatesWhoseQueriesNobodyAnswersAreRefused() throws IOException {
        contract("""
                [[stage3.gates]]
                name = "errors"
                kind = "metric"
                query = "errors"
                comparison = "<"
                limit = 1

                [observability]
                prometheus = "http://127.0.0.1:9090"
                """);
        approve(approvedAt(NOW));
        try (PromotionEngine engine = engine()) {
            assertEquals(List.of("gates of stage 3"), unmet(done(engine.promote(apply()))));
        }
        assertEquals(0, asked);
    }

    @Test
    void aRollbackFromProductionTakesItsApprovalAndOneOfNothingIsNone() throws IOException {
        PromotionId id;
        try (PromotionEngine engine = engine()) {
            id = new PromotionId(done(engine.run(RunRequest.of(repository))).promotionId());
            RollbackRequest named = toRevision(id, Optional.empty());
            assertEquals(
                    Code.ILLEGAL_TRANSITION, failure(engine.rollback(named)).code());
            assertEquals(
                    Code.PROMOTION_NOT_FOUND,
                    failure(engine.rollback(RollbackRequest.of(repository, true)))
                            .code());
        }
        approve(approvedAt(NOW));
        try (PromotionEngine engine = engine()) {
            var attempt = new Attempt(new AttemptId("00000000-0000-4000-8000-000000000002"), "runner-7", 1);
            var release = new Release("shop", "shop", 0, Digest.of(new byte[0]));
            done(engine.handle(
                    id, new StartPromote(attempt, parts(Optional.empty()).digest(), Optional.of(release))));
            done(engine.handle(id, new CompletePromote(attempt.id(), release)));
            Stage3RollbackResult refused = done(engine.rollback(RollbackRequest.of(repository, true)));
            assertEquals("refused", refused.outcome());
            assertEquals("promoted", refused.phase());
            assertEquals(
                    List.of("approvals"),
                    refused.checks().stream()
                            .filter(check -> check.verdict().equals("failed"))
                            .map(check -> check.name())
                            .toList());
        }
        assertEquals(0, asked);
    }

    @Test
    void aRollbackThatHasBegunGoesToAnotherRevisionOnlyWithApprovals() throws IOException {
        PromotionId id = approvedAt(NOW);
        approve(id);
        try (PromotionEngine engine = engine()) {
            var attempt = new Attempt(new AttemptId("00000000-0000-4000-8000-000000000004"), "runner-7", 1);
            var release = new Release("shop", "shop", 3, Digest.of(new byte[0]));
            done(engine.handle(
                    id, new StartPromote(attempt, parts(Optional.empty()).digest(), Optional.of(release))));
            done(engine.handle(id, new CompletePromote(attempt.id(), release)));
            var begun = new Digest(
                    done(engine.rollback(toRevision(id, Optional.empty()))).planDigest());
            approveRollback(engine, id, begun);
            var again = new Attempt(new AttemptId("00000000-0000-4000-8000-000000000005"), "runner-7", 1);
            done(engine.handle(id, new StartRollback(again, false, "errors", Optional.empty(), Optional.of(begun))));

            Stage3RollbackResult refused = done(engine.rollback(toRevision(id, Optional.of(2))));
            assertEquals("refused", refused.outcome());
            assertEquals(0, asked);
            assertEquals(
                    Code.TOOL_UNAVAILABLE,
                    failure(engine.rollback(toRevision(id, Optional.empty()))).code());
            approveRollback(engine, id, new Digest(refused.planDigest()));
            assertEquals(
                    Code.TOOL_UNAVAILABLE,
                    failure(engine.rollback(toRevision(id, Optional.of(2)))).code());
            assertEquals(2, asked);
        }
    }

    private RollbackRequest toRevision(PromotionId id, Optional<Integer> revision) {
        return new RollbackRequest(
                Optional.of(id.value()),
                repository,
                repository.resolve("railiance/app.toml"),
                true,
                revision,
                "asked for",
                Optional.empty(),
                new Cancellation(),
                line -> {});
    }

    private static void approveRollback(PromotionEngine engine, PromotionId id, Digest plan) {
        var grace = new Actor("grace");
        done(engine.handle(
                id,
                new GrantApproval(
                        new Approval(Approval.Scope.ROLLBACK, plan, grace, NOW.plusSeconds(3_600), false, "errors"))));
    }

    private static List<String> unmet(Stage3PromoteResult result) {
        return result.checks().stream()
                .filter(check -> !check.verdict().equals("passed"))
                .map(check -> check.name())
                .toList();
    }

    private PromoteRequest apply(PromotionId id) {
        PromoteRequest all = apply();
        return new PromoteRequest(
                Optional.of(id.value()),
                all.repository(),
                all.contract(),
                all.mode(),
                all.context(),
                all.cancellation(),
                all.progress());
    }

    private PromoteRequest apply() {
        return PromoteRequest.of(repository, Mode.APPLY);
    }

    private PromotionEngine engine() {
        return engine(NOW);
    }

    /** An engine that counts who asks for a cluster, and has none. */
    private PromotionEngine engine(Instant now) {
        return PromotionEngine.open(new EngineSettings(
                        new LedgerLocation.Embedded(ledger),
                        new Actor("ada"),
                        "runner-7",
                        Map.of("PATH", "/usr/bin:/bin"),
                        InstantSource.fixed(now),
                        Optional.empty())
                .withDeployers((processes, environment, context, namespace, cancellation) -> {
                    asked++;
                    return Outcome.notDone(new Failure(Code.TOOL_UNAVAILABLE, "no cluster", ""));
                }));
    }

    /** A promotion whose gates have passed. */
    private PromotionId approvedAt(Instant now) {
        try (PromotionEngine engine = engine(now)) {
            var id = new PromotionId(done(engine.run(RunRequest.of(repository))).promotionId());
            var attempt = new Attempt(new AttemptId("00000000-0000-4000-8000-000000000001"), "runner-7", 1);
            done(engine.handle(id, new StartCanary(attempt, CANARY_PLAN)));
            done(engine.handle(
                    id, new CompleteCanary(attempt.id(), new Release("shop-canary", "shop", 1, CANARY_PLAN))));
            done(engine.handle(id, new PassGates()));
            return id;
        }
    }

    private void approve(PromotionId id) {
        approve(id, parts(Optional.empty()));
    }

    /** An approval that keeps the parts of what it is for. */
    private void approve(PromotionId id, PlanParts parts) {
        var codec = new EventCodec();
        try (Ledger opened = new H2Ledger(new LedgerLocation.Embedded(ledger));
                LedgerSession session = opened.open()) {
            StatusRow now = session.status(id).orElseThrow();
            var grace = new Actor("grace");
            var approval = new Approval(
                    Approval.Scope.STAGE3, parts.digest(), grace, NOW.plusSeconds(3_600), false, "looks good");
            var status = new StatusRow(
                    id,
                    now.target(),
                    Phase.APPROVED,
                    now.artifactDigest(),
                    now.contractDigest(),
                    now.sequence() + 2,
                    now.openedAt(),
                    NOW,
                    now.summary(),
                    now.document());
            session.append(new Entry(
                    List.of(
                            codec.encode(id, now.sequence() + 1, new ApprovalGranted(NOW, grace, approval)),
                            codec.encode(
                                    id,
                                    now.sequence() + 2,
                                    new PromotionApproved(NOW, grace, Optional.of(parts.digest()), List.of(grace)))),
                    status,
                    Fence.NONE,
                    List.of(KeptDocument.of(parts.document()))));
        }
    }

    private PlanParts parts(Optional<PromotionId> base) {
        Path file = repository.resolve("railiance/app.toml");
        var valid = assertInstanceOf(Contract.Valid.class, new ContractReader().read(file, repository));
        var design = new CanaryDesign(
                repository.toAbsolutePath(),
                valid.contract(),
                valid.contract().deploy().orElseThrow());
        Digest artifact = artifact();
        return switch (PlanParts.ofPromotion(design, artifact, new Digest(valid.digest()), base)) {
            case Outcome.Done<PlanParts> done -> done.value();
            case Outcome.NotDone<PlanParts> not ->
                throw new AssertionError(not.failure().message());
        };
    }

    private Digest artifact() {
        try (PromotionEngine engine = engine()) {
            return new Digest(done(engine.query(
                    view -> Outcome.done(view.statuses(1).getFirst().artifactDigest()))));
        }
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.NotDone<T> not ->
                throw new AssertionError(not.failure().toString());
        };
    }

    private static Failure failure(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.NotDone.class, outcome, outcome::toString)
                .failure();
    }
}
