package dev.railiance.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.approval.ApproveRequest.Act;
import dev.railiance.approval.ApproveRequest.Means;
import dev.railiance.failure.Failure.Code;
import dev.railiance.ledger.EventCodec;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.PromotionCommand.CompletePromote;
import dev.railiance.promotion.PromotionCommand.PassGates;
import dev.railiance.promotion.PromotionCommand.RevokeGates;
import dev.railiance.promotion.PromotionCommand.StartPromote;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many people it takes, for how long, and under whose rules. */
class QuorumTest {

    private static final String TWO = """
            [approval.stage3]
            required = 2
            from = ["alice@example.org", "bob@example.org"]
            expires = "8h"
            signed = true
            """;

    private static final String ONE = """
            [approval.stage3]
            required = 1
            from = ["mallory@example.org"]
            expires = "8h"
            signed = true
            """;

    private static final String SIGNERS = """
            alice@example.org KEY(alice)
            alice@example.org KEY(laptop)
            bob@example.org KEY(bob)
            """;

    private static final String FREEZE = """

            [[freeze]]
            name = "year end"
            from = 2026-11-24T12:00:00Z
            to = 2027-01-04T08:00:00Z
            override = { required = 2 }
            """;

    private static final String BREAK_GLASS = "; break-glass: approved in the freeze window year end";

    @TempDir
    Path directory;

    @Test
    void aPromotionIsApprovedWhenEnoughPeopleDid() throws Exception {
        try (var world = new World(directory, TWO, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            assertEquals("gates-passed", world.phase(id));
            ApprovalResult first = World.value(world.approve(id, "alice"));
            assertEquals(
                    "railiance approve " + id + " --stage 3 --plan " + World.PLAN
                            + " --key ~/.ssh/id_ed25519 --reason TEXT",
                    first.nextStep().command());
            ApprovalResult second = World.value(world.approve(id, "bob"));
            assertEquals("approved", second.phase());
            assertEquals(Optional.of(2), second.given());
            assertEquals("railiance promote " + id, second.nextStep().command());
        }
    }

    @Test
    void aPersonWithTwoKeysIsOnePerson() throws Exception {
        try (var world = new World(directory, TWO, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            World.value(world.approve(id, "alice"));
            ApprovalResult again = World.value(world.approve(id, "laptop"));
            assertEquals("unchanged", again.outcome());
            assertEquals("gates-passed", again.phase());
        }
    }

    @Test
    void aKeyWithTwoNamesIsOnePerson() throws Exception {
        String names = "alice@example.org,bob@example.org KEY(alice)\nbob@example.org KEY(alice)\n";
        try (var world = new World(directory, TWO, names)) {
            PromotionId id = world.gatesPassed();
            assertEquals(
                    "alice@example.org", World.value(world.approve(id, "alice")).approver());
            var asBob = world.signed(world.statement(id, "bob@example.org"), "alice");
            assertTrue(world.openssh(asBob, "bob@example.org"));
            assertEquals(Optional.of(Code.KEY_UNKNOWN), World.code(world.bring(id, asBob)));
        }
    }

    @Test
    void approvalsExpireAndAreGivenAgain() throws Exception {
        try (var world = new World(directory, TWO, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            World.value(world.approve(id, "alice"));
            world.wait(Duration.ofHours(5));
            World.value(world.approve(id, "bob"));
            assertEquals("approved", world.phase(id));
            world.wait(Duration.ofHours(4));
            assertEquals(
                    Optional.of(Code.APPROVAL_EXPIRED),
                    World.code(world.engine().handle(id, new StartPromote(world.attempt(), World.PLAN))));
            Approvals approvals = World.value(world.engine().approvals(Optional.of(id.value())));
            assertEquals(
                    List.of("expired", "valid"),
                    approvals.approvals().stream().map(Approvals.Given::state).toList());
            assertEquals(1, approvals.stages().get(1).missing());
            World.value(world.approve(id, "laptop"));
            world.tell(id, new StartPromote(world.attempt(), World.PLAN));
        }
    }

    @Test
    void whoTakesItBackTakesThePermissionBack() throws Exception {
        try (var world = new World(directory, TWO, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            World.value(world.approve(id, "alice"));
            World.value(world.approve(id, "bob"));
            world.wait(Duration.ofMinutes(1));
            ApprovalResult back = World.value(world.approve(id, new Act.Withdraw(), new Means.Key(world.key("bob"))));
            assertEquals("withdrawn", back.outcome());
            assertEquals("gates-passed", back.phase());
            assertEquals(
                    List.of("valid", "withdrawn"),
                    World.value(world.engine().approvals(Optional.empty())).approvals().stream()
                            .map(Approvals.Given::state)
                            .toList());
        }
    }

    @Test
    void theUsersNameWillDoOnlyWhereTheContractSaysSo() throws Exception {
        String unsigned = """
                [approval.stage3]
                required = 1
                exclude_requester = false
                signed = false
                """;
        try (var world = new World(directory, unsigned, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            ApprovalResult result = World.value(
                    world.approve(id, new Act.Approve(Scope.STAGE3, Optional.of(World.PLAN)), new Means.Unsigned()));
            assertEquals("ada", result.approver());
            assertEquals("approved", result.phase());
            world.wait(Duration.ofMinutes(1));
            assertEquals(
                    "gates-passed",
                    World.value(world.approve(id, new Act.Withdraw(), new Means.Unsigned()))
                            .phase());
        }
    }

    @Test
    void whereNobodyNeedApproveThePromotionGoesOnByItself() throws Exception {
        try (var world = new World(directory, "", SIGNERS)) {
            assertEquals("approved", world.phase(world.gatesPassed()));
        }
    }

    @Test
    void aFreezeWindowTakesMorePeopleAndIsShown() throws Exception {
        String one = TWO.replace("required = 2", "required = 1");
        try (var world = new World(directory, one + FREEZE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            world.wait(Duration.ofHours(4));
            ApprovalResult first = World.value(world.approve(id, "alice"));
            assertEquals("approved", first.phase());
            assertEquals(Optional.of("year end"), first.freeze());
            assertEquals("1 more person must approve", first.nextStep().why());
            assertEquals(
                    Optional.of(Code.FROZEN),
                    World.code(world.engine().handle(id, new StartPromote(world.attempt(), World.PLAN))));
            Approvals before = World.value(world.engine().approvals(Optional.empty()));
            assertEquals(List.of(new Approvals.Window("year end", Optional.of(2), Optional.of(1))), before.freezes());
            World.value(world.approve(id, "bob"));
            assertEquals("production is approved" + BREAK_GLASS, summary(world));
            Attempt attempt = world.attempt();
            world.tell(id, new StartPromote(attempt, World.PLAN));
            assertEquals("production is being changed" + BREAK_GLASS, summary(world));
            world.tell(id, new CompletePromote(attempt.id(), new Release("shop", "shop", 1, World.PLAN)));
            assertEquals("in production" + BREAK_GLASS, summary(world));
        }
    }

    private static String summary(World world) {
        return World.value(world.engine().query(Query.latestStatus())).summary();
    }

    @Test
    void whoApprovedBeforeAFreezeWindowBeganDidNotLiftIt() throws Exception {
        try (var world = new World(directory, TWO + FREEZE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            World.value(world.approve(id, "alice"));
            var early = world.signed(world.statement(id, "bob@example.org"), "bob");
            assertEquals(Optional.empty(), World.value(world.bring(id, early)).freeze());
            assertEquals("approved", world.phase(id));

            world.wait(Duration.ofHours(4));
            var start = new StartPromote(world.attempt(), World.PLAN);
            assertEquals(Optional.of(Code.FROZEN), World.code(world.engine().handle(id, start)));
            Approvals before = World.value(world.engine().approvals(Optional.empty()));
            assertEquals(List.of(new Approvals.Window("year end", Optional.of(2), Optional.of(2))), before.freezes());
            assertEquals("2 more people must approve", before.nextStep().why());

            assertEquals(
                    Optional.of("year end"),
                    World.value(world.approve(id, "alice")).freeze());
            assertEquals(Optional.of(Code.FROZEN), World.code(world.engine().handle(id, start)));
            World.value(world.approve(id, "bob"));
            world.tell(id, start);
        }
    }

    @Test
    void aStatementThatIsBroughtInAFreezeWindowLiftsItOnlyIfItSaysSo() throws Exception {
        try (var world = new World(directory, TWO.replace("required = 2", "required = 1") + FREEZE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            ApprovalStatement early = world.statement(id, "alice@example.org");
            var signed = world.signed(early, "alice");
            String claimed = EventCodec.canonical(early.text().replaceFirst("\\{", "{\"freeze\":\"year end\","));
            var claiming = world.signed(claimed.getBytes(StandardCharsets.UTF_8), "alice", ApprovalStatement.NAMESPACE);

            world.wait(Duration.ofHours(4));
            assertEquals(Optional.of(Code.STATEMENT_INVALID), World.code(world.bring(id, claiming)));
            assertEquals(Optional.empty(), World.value(world.bring(id, signed)).freeze());
            Approvals approvals = World.value(world.engine().approvals(Optional.empty()));
            assertEquals(Optional.of(2), approvals.freezes().getFirst().missing());
        }
    }

    @Test
    void gatesThatAreTakenBackTakeTheApprovalsWithThem() throws Exception {
        try (var world = new World(directory, TWO, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            var seen = world.signed(world.statement(id, "alice@example.org"), "alice");
            World.value(world.bring(id, seen));
            World.value(world.approve(id, "bob"));
            assertEquals("approved", world.phase(id));

            world.wait(Duration.ofMinutes(1));
            world.tell(id, new RevokeGates("an operator saw something"));
            world.tell(id, new PassGates());
            assertEquals("gates-passed", world.phase(id));
            Approvals after = World.value(world.engine().approvals(Optional.empty()));
            assertEquals(
                    List.of("gates-revoked", "gates-revoked"),
                    after.approvals().stream().map(Approvals.Given::state).toList());
            assertEquals(2, after.stages().get(1).missing());
            assertEquals(Optional.of(Code.EVIDENCE_CHANGED), World.code(world.bring(id, seen)));

            world.wait(Duration.ofMinutes(1));
            World.value(world.approve(id, "alice"));
            World.value(world.approve(id, "bob"));
            assertEquals("approved", world.phase(id));
        }
    }

    @Test
    void nobodyAppointsHimself() throws Exception {
        try (var world = new World(directory, TWO, SIGNERS)) {
            PromotionId first = world.gatesPassed();
            World.value(world.approve(first, "alice"));
            World.value(world.approve(first, "bob"));
            world.promoted(first);

            world.declare(ONE, "mallory@example.org KEY(mallory)\n");
            PromotionId coup = world.gatesPassed();
            Approvals approvals = World.value(world.engine().approvals(Optional.of(coup.value())));
            assertEquals(Optional.of(first.value()), approvals.rulesFrom());
            assertEquals(2, approvals.stages().get(1).required());
            assertEquals(Optional.of(Code.KEY_UNKNOWN), World.code(world.approve(coup, "mallory")));
            World.value(world.approve(coup, "alice"));
            assertEquals("gates-passed", world.phase(coup));
            World.value(world.approve(coup, "bob"));
            world.promoted(coup);

            Files.writeString(world.repository().resolve("page.html"), "next");
            PromotionId next = world.gatesPassed();
            assertEquals("approved", World.value(world.approve(next, "mallory")).phase());
        }
    }

    @Test
    void rulesThatNobodyNeedsToFollowAreNotBroughtInUnapproved() throws Exception {
        try (var world = new World(directory, TWO, SIGNERS)) {
            PromotionId first = world.gatesPassed();
            World.value(world.approve(first, "alice"));
            World.value(world.approve(first, "bob"));
            world.promoted(first);

            world.declare("", SIGNERS);
            PromotionId lax = world.gatesPassed();
            assertEquals("gates-passed", world.phase(lax));
            assertEquals(
                    Optional.of(Code.ILLEGAL_TRANSITION),
                    World.code(world.engine().handle(lax, new StartPromote(world.attempt(), World.PLAN))));
        }
    }

    @Test
    void whoeverIsOvertakenByOtherRulesBeginsAnew() throws Exception {
        try (var world = new World(directory, TWO, SIGNERS)) {
            PromotionId slow = world.validated();
            world.declare(TWO.replace("required = 2", "required = 1"), SIGNERS);
            PromotionId fast = world.gatesPassed();
            World.value(world.approve(fast, "alice"));
            world.promoted(fast);
            assertEquals(
                    Optional.of(Code.RULES_CHANGED),
                    World.code(world.approve(
                            slow,
                            new Act.Approve(Scope.STAGE2, Optional.of(World.PLAN)),
                            new Means.Key(world.key("alice")))));
        }
    }
}
