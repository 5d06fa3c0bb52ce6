package dev.railiance.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.KeptDocument;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionEvent.ApprovalGranted;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Proof;
import dev.railiance.signature.Signers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An approval that comes from elsewhere is what its statement says, and nothing else under a signature that holds. */
class ProofsTest {

    private static final PromotionId ID = new PromotionId("01890000-0000-7000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-11-24T09:00:00Z");
    private static final Instant END = Instant.parse("2026-11-25T09:00:00Z");
    private static final Actor BOB = new Actor("bob");
    private static final Digest PLAN = digest("plan");
    private static final Digest GATES = digest("gates");

    @TempDir
    Path directory;

    @Test
    void anApprovalSaysWhatItsStatementSays() throws Exception {
        Shell.needs("ssh-keygen");
        new Shell(directory).run("ssh-keygen -q -t ed25519 -N '' -f bob");
        KeptDocument statement = KeptDocument.of("{\"action\":\"approve\",\"approver\":\"bob\",\"at\":\"" + AT
                + "\",\"expires\":\"" + END + "\",\"freeze\":\"year end\",\"gateDigest\":\"" + GATES
                + "\",\"planDigest\":\"" + PLAN + "\",\"promotionId\":\"" + ID
                + "\",\"reason\":\"fine\",\"scope\":\"stage3\"}");
        Files.writeString(directory.resolve("statement"), statement.content());
        new Shell(directory).run("ssh-keygen -q -Y sign -n railiance-approval -f bob statement");
        KeptDocument signature = KeptDocument.of(Files.readString(directory.resolve("statement.sig")));
        KeptDocument signers = KeptDocument.of("bob " + Files.readString(directory.resolve("bob.pub")));
        var holds = (Signers.Answer.Holds)
                Signers.parse(signers.content()).check(bytes(statement), bytes(signature), "railiance-approval", AT);
        var proof = new Proof(
                new Digest(statement.digest()),
                new Digest(signature.digest()),
                new Digest(signers.digest()),
                holds.key());
        List<KeptDocument> documents = List.of(statement, signature, signers);
        Approval said = new Approval(
                Approval.Scope.STAGE3,
                PLAN,
                BOB,
                END,
                true,
                "fine",
                Optional.of(proof),
                Optional.of("year end"),
                Optional.of(GATES));

        assertEquals(Optional.empty(), objection(said, documents));
        // What an early format does not say is not asked.
        assertEquals(Optional.empty(), objection(with(said, PLAN, END, Optional.empty(), Optional.empty()), documents));
        for (Approval other : List.of(
                with(said, digest("another plan"), END, said.freeze(), said.gates()),
                with(said, PLAN, END.plusSeconds(1), said.freeze(), said.gates()),
                with(said, PLAN, END, Optional.of("weekend"), said.gates()),
                with(said, PLAN, END, said.freeze(), Optional.of(digest("other gates"))))) {
            assertTrue(objection(other, documents).isPresent(), other::toString);
        }
        assertTrue(Proofs.objection(
                        new PromotionId("01890000-0000-7000-8000-000000000002"),
                        7,
                        new ApprovalGranted(AT, BOB, said),
                        documents)
                .isPresent());
    }

    private static Optional<String> objection(Approval approval, List<KeptDocument> documents) {
        return Proofs.objection(ID, 7, new ApprovalGranted(AT, BOB, approval), documents);
    }

    private static Approval with(
            Approval said, Digest plan, Instant end, Optional<String> freeze, Optional<Digest> gates) {
        return new Approval(said.scope(), plan, said.approver(), end, true, said.reason(), said.proof(), freeze, gates);
    }

    private static byte[] bytes(KeptDocument document) {
        return document.content().getBytes(StandardCharsets.UTF_8);
    }

    private static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }
}
