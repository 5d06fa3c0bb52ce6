package dev.railiance.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.approval.ApproveRequest.Act;
import dev.railiance.approval.ApproveRequest.Means;
import dev.railiance.failure.Failure.Code;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that does not count as an approval, each for its own reason; and OpenSSH says of each signature what we say. */
class ApprovalRefusalsTest {

    private static final String TWO_OF_THREE = """
            [approval.stage3]
            required = 2
            from = ["alice@example.org", "bob@example.org", "ada@example.org"]
            exclude_requester = true
            expires = "8h"
            signed = true
            """;

    private static final String SIGNERS = """
            # who may approve
            alice@example.org namespaces="railiance-approval" KEY(alice)
            bob@example.org KEY(bob)
            ada@example.org KEY(ada)
            eve@example.org KEY(eve)
            carol@example.org,alice@example.org valid-before="20261124120000Z" KEY(old)
            bob@example.org namespaces="git" KEY(git)
            bob@example.org valid-after="20271124" KEY(early)
            """;

    @TempDir
    Path directory;

    @Test
    void aSignatureThatHoldsIsTakenFromWhereverItWasMade() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            var brought = world.signed(world.statement(id, "alice@example.org"), "alice");

            assertTrue(world.openssh(brought, "alice@example.org"));
            ApprovalResult result = World.value(world.bring(id, brought));
            assertEquals("granted", result.outcome());
            assertEquals(Optional.of(1), result.given());
            assertEquals("unchanged", World.value(world.bring(id, brought)).outcome());
        }
    }

    @Test
    void aForgedSignatureIsRefused() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            ApprovalStatement statement = world.statement(id, "alice@example.org");
            var brought = world.signed(statement, "alice");
            String text = Files.readString(brought.signature());
            for (int at : new int[] {text.length() / 2, text.length() * 3 / 4}) {
                char other = text.charAt(at) == 'A' ? 'B' : 'A';
                Files.writeString(brought.signature(), text.substring(0, at) + other + text.substring(at + 1));
                assertFalse(world.openssh(brought, "alice@example.org"));
                assertEquals(Optional.of(Code.SIGNATURE_INVALID), World.code(world.bring(id, brought)));
            }
            Files.writeString(brought.signature(), text);
            Files.writeString(brought.statement(), statement.text().replace("looks good", "looks bad!"));
            assertFalse(world.openssh(brought, "alice@example.org"));
            assertEquals(Optional.of(Code.SIGNATURE_INVALID), World.code(world.bring(id, brought)));
            Files.writeString(brought.statement(), statement.text() + "\n");
            assertEquals(Optional.of(Code.STATEMENT_INVALID), World.code(world.bring(id, brought)));
        }
    }

    @Test
    void aStatementCountsForNoOtherPromotionStageOrPlan() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            var brought = world.signed(world.statement(id, "alice@example.org"), "alice");
            assertEquals(
                    Optional.of(Code.STATEMENT_REPLAYED),
                    World.code(world.approve(id, new Act.Approve(Scope.STAGE2, Optional.empty()), brought)));
            assertEquals(
                    Optional.of(Code.STATEMENT_REPLAYED), World.code(world.approve(id, new Act.Withdraw(), brought)));
            assertEquals(
                    Optional.of(Code.PLAN_CHANGED),
                    World.code(world.approve(
                            id, new Act.Approve(Scope.STAGE3, Optional.of(Digest.of(new byte[] {1}))), brought)));
            Files.writeString(world.repository().resolve("page.html"), "another artifact");
            PromotionId other = world.validated();
            assertFalse(other.equals(id));
            assertEquals(Optional.of(Code.STATEMENT_REPLAYED), World.code(world.bring(other, brought)));
            // It is what alice signed, but she said something else.
            assertTrue(world.openssh(brought, "alice@example.org"));
        }
    }

    @Test
    void aStatementExpires() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            var brought = world.signed(world.statement(id, "alice@example.org"), "alice");
            world.wait(Duration.ofHours(8));
            assertTrue(world.openssh(brought, "alice@example.org"));
            assertEquals(Optional.of(Code.APPROVAL_EXPIRED), World.code(world.bring(id, brought)));
        }
    }

    @Test
    void aStatementThatHoldsLongerThanAllowedOrIsOfTheFutureIsRefused() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            ApprovalStatement statement = world.statement(id, "alice@example.org");
            String longer = statement.text().replace("T17:00:00Z", "T18:00:00Z");
            String later = statement.text().replace("T17:00:00Z", "T19:00:00Z").replace("T09:00:00Z", "T11:00:00Z");
            assertFalse(longer.equals(statement.text()));
            for (String text : new String[] {longer, later}) {
                var brought = world.signed(text.getBytes(StandardCharsets.UTF_8), "alice", ApprovalStatement.NAMESPACE);
                assertTrue(world.openssh(brought, "alice@example.org"));
                assertEquals(Optional.of(Code.STATEMENT_INVALID), World.code(world.bring(id, brought)), text);
            }
        }
    }

    @Test
    void whatWasTakenBackCannotBeBroughtAgain() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            var brought = world.signed(world.statement(id, "alice@example.org"), "alice");
            var unused = world.signed(world.statement(id, "alice@example.org"), "alice");
            World.value(world.bring(id, brought));
            world.wait(Duration.ofMinutes(1));
            var withdrawal = world.request(id, new Act.Withdraw(), new Means.Key(world.key("alice")));
            assertEquals(
                    "withdrawn", World.value(world.engine().approve(withdrawal)).outcome());
            assertEquals(Optional.of(Code.APPROVAL_WITHDRAWN), World.code(world.bring(id, brought)));
            assertEquals(Optional.of(Code.APPROVAL_WITHDRAWN), World.code(world.bring(id, unused)));
            assertTrue(world.openssh(brought, "alice@example.org"));
            assertTrue(world.openssh(unused, "alice@example.org"));
            world.wait(Duration.ofMinutes(1));
            assertEquals("granted", World.value(world.approve(id, "alice")).outcome());
        }
    }

    @Test
    void nobodyTakesBackWhatAnotherSaid() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            World.value(world.approve(id, "alice"));
            world.wait(Duration.ofMinutes(1));
            assertEquals(
                    Optional.of(Code.APPROVAL_MISSING),
                    World.code(world.approve(id, new Act.Withdraw(), new Means.Key(world.key("bob")))));
            assertEquals(
                    Optional.of(Code.APPROVAL_MISSING),
                    World.code(world.approve(id, new Act.Withdraw(), new Means.Unsigned())));
        }
    }

    @Test
    void aSignatureForAnotherPurposeIsRefused() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            var brought = world.signed(world.statement(id, "bob@example.org").bytes(), "bob", "git");
            assertFalse(world.openssh(brought, "bob@example.org"));
            assertEquals(Optional.of(Code.SIGNATURE_NAMESPACE), World.code(world.bring(id, brought)));
        }
    }

    @Test
    void aKeyCountsForItsTimeAndItsPurpose() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            for (String key : new String[] {"git", "early"}) {
                var brought = world.signed(world.statement(id, "bob@example.org"), key);
                assertFalse(world.openssh(brought, "bob@example.org"));
                assertEquals(Optional.of(Code.KEY_NOT_VALID), World.code(world.bring(id, brought)), key);
            }
            var brought = world.signed(world.statement(id, "alice@example.org"), "old");
            assertTrue(world.openssh(brought, "alice@example.org"));
            world.wait(Duration.ofHours(3).plusSeconds(1));
            assertFalse(world.openssh(brought, "alice@example.org"));
            assertEquals(Optional.of(Code.KEY_NOT_VALID), World.code(world.bring(id, brought)));
        }
    }

    @Test
    void aKeyWhoseTimeIsEndedInTheRepositoryNoLongerCounts() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            var brought = world.signed(world.statement(id, "alice@example.org"), "alice");
            world.declare(
                    TWO_OF_THREE,
                    SIGNERS.replace("approval\" KEY(alice)", "approval\",valid-before=\"20261124080000Z\" KEY(alice)"));
            assertFalse(world.openssh(brought, "alice@example.org"));
            assertEquals(Optional.of(Code.KEY_NOT_VALID), World.code(world.bring(id, brought)));
        }
    }

    @Test
    void aKeyThatIsAddedAfterwardsDoesNotCount() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            Path then = Files.copy(world.signersFile(), directory.resolve("then"));
            world.declare(TWO_OF_THREE, SIGNERS + "bob@example.org KEY(mallory)\n");
            var brought = world.signed(world.statement(id, "bob@example.org"), "mallory");
            assertFalse(world.openssh(brought, "bob@example.org", then));
            assertEquals(Optional.of(Code.KEY_UNKNOWN), World.code(world.bring(id, brought)));
            assertEquals(Optional.of(Code.KEY_UNKNOWN), World.code(world.approve(id, "mallory")));
        }
    }

    @Test
    void nothingIsPrintedForSomebodyWhoIsNotThere() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            var request =
                    world.request(id, new Act.Approve(Scope.STAGE3, Optional.of(World.PLAN)), new Means.Nothing());
            assertEquals(
                    Optional.of(Code.KEY_UNKNOWN),
                    World.code(world.engine().approvalStatement(request, "mallory@example.org")));
        }
    }

    @Test
    void nobodySignsForAnother() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            var brought = world.signed(world.statement(id, "alice@example.org"), "bob");
            assertFalse(world.openssh(brought, "alice@example.org"));
            assertEquals(Optional.of(Code.KEY_UNKNOWN), World.code(world.bring(id, brought)));
        }
    }

    @Test
    void whoMayNotApproveIsToldSo() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            assertEquals(Optional.of(Code.NOT_AN_APPROVER), World.code(world.approve(id, "eve")));
            // The promotion was opened by the user ada.
            assertEquals(Optional.of(Code.REQUESTER_EXCLUDED), World.code(world.approve(id, "ada")));
            var own = world.signed(world.statement(id, "ada@example.org"), "ada");
            assertTrue(world.openssh(own, "ada@example.org"));
            assertEquals(Optional.of(Code.REQUESTER_EXCLUDED), World.code(world.bring(id, own)));
            var unasked = world.signed(world.statement(id, "eve@example.org"), "eve");
            assertTrue(world.openssh(unasked, "eve@example.org"));
            assertEquals(Optional.of(Code.NOT_AN_APPROVER), World.code(world.bring(id, unasked)));
            var unsigned = new Act.Approve(Scope.STAGE3, Optional.of(World.PLAN));
            assertEquals(
                    Optional.of(Code.SIGNATURE_MISSING), World.code(world.approve(id, unsigned, new Means.Unsigned())));
            assertEquals(
                    Optional.of(Code.SIGNATURE_MISSING), World.code(world.approve(id, unsigned, new Means.Nothing())));
        }
    }

    @Test
    void evidenceThatNobodySawIsNotApproved() throws Exception {
        assertRefusedWithAnother(statement -> statement.gateDigest().orElseThrow(), Code.EVIDENCE_CHANGED);
    }

    @Test
    void aStatementUnderOtherSignersIsRefused() throws Exception {
        assertRefusedWithAnother(ApprovalStatement::signersDigest, Code.SIGNERS_CHANGED);
    }

    /** What was really signed, but with another digest in one place. */
    private void assertRefusedWithAnother(Function<ApprovalStatement, String> digest, Code code) throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            ApprovalStatement statement = world.statement(id, "alice@example.org");
            String other = statement
                    .text()
                    .replace(digest.apply(statement), Digest.of(new byte[] {7}).value());
            var brought = world.signed(other.getBytes(StandardCharsets.UTF_8), "alice", ApprovalStatement.NAMESPACE);
            assertTrue(world.openssh(brought, "alice@example.org"));
            assertEquals(Optional.of(code), World.code(world.bring(id, brought)));
        }
    }

    @Test
    void aKeyThatNobodyHasIsRefused() throws Exception {
        try (var world = new World(directory, TWO_OF_THREE, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            var brought = world.signed(world.statement(id, "alice@example.org"), "stranger");
            assertFalse(world.openssh(brought, "alice@example.org"));
            assertEquals(Optional.of(Code.KEY_UNKNOWN), World.code(world.bring(id, brought)));
        }
    }

    @Test
    void withoutSignersOfItsOpeningNoSignatureCounts() throws Exception {
        String unsigned = """
                [approval.stage3]
                required = 1
                signed = false
                """;
        try (var world = new World(directory, unsigned, "")) {
            Files.delete(world.signersFile());
            PromotionId id = world.gatesPassed();
            world.declare(unsigned, SIGNERS);
            assertEquals(Optional.of(Code.SIGNERS_UNREADABLE), World.code(world.approve(id, "alice")));
        }
    }
}
