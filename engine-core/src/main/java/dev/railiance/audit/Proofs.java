package dev.railiance.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.ApprovalGranted;
import dev.railiance.promotion.PromotionEvent.ApprovalWithdrawn;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Proof;
import dev.railiance.signature.Signers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks of the approvals of a promotion that comes from elsewhere whether their signatures hold, and whether that is what was signed. */
final class Proofs {

    private static final String NAMESPACE = "railiance-approval";

    private Proofs() {}

    /** What is wrong with the proof of an event; quotes nothing of it. */
    static Optional<String> objection(
            PromotionId promotion, long sequence, PromotionEvent event, List<KeptDocument> documents) {
        return switch (event) {
            case ApprovalGranted granted ->
                granted.approval()
                        .proof()
                        .filter(proof -> !holds(proof, granted.approval().approver(), event, documents))
                        .map(proof -> "the signature of the approval in event " + sequence + " does not hold")
                        .or(() -> granted.approval()
                                .proof()
                                .flatMap(proof -> content(proof.statement(), documents))
                                .filter(text -> !says(text, promotion, granted.approval()))
                                .map(text -> "the approval in event " + sequence + " is not what its statement says"));
            case ApprovalWithdrawn withdrawn ->
                withdrawn
                        .proof()
                        .filter(proof -> !holds(proof, withdrawn.by(), event, documents))
                        .map(proof -> "the signature of the withdrawal in event " + sequence + " does not hold");
            default -> Optional.empty();
        };
    }

    private static boolean holds(Proof proof, Actor person, PromotionEvent event, List<KeptDocument> documents) {
        Optional<String> statement = content(proof.statement(), documents);
        Optional<String> signature = content(proof.signature(), documents);
        Optional<String> signers = content(proof.signers(), documents);
        if (statement.isEmpty() || signature.isEmpty() || signers.isEmpty()) {
            return false;
        }
        return Signers.parse(signers.get()).check(bytes(statement.get()), bytes(signature.get()), NAMESPACE, event.at())
                        instanceof Signers.Answer.Holds holds
                && holds.names().contains(person.name())
                && holds.key().equals(proof.key());
    }

    private static boolean says(String text, PromotionId promotion, Approval approval) {
        try {
            JsonNode said = StrictJson.read(text);
            return text(said, "action").equals("approve")
                    && text(said, "promotionId").equals(promotion.value())
                    && text(said, "scope").equals(Rendered.spelled(approval.scope()))
                    && text(said, "planDigest").equals(approval.plan().value())
                    && text(said, "approver").equals(approval.approver().name())
                    && text(said, "reason").equals(approval.reason())
                    && Instant.parse(text(said, "expires")).equals(approval.expires())
                    && (approval.gates().isEmpty() || rests(said, approval));
        } catch (JsonProcessingException | DateTimeException e) {
            return false;
        }
    }

    /** Of an approval in a format that says so. */
    private static boolean rests(JsonNode said, Approval approval) {
        return text(said, "gateDigest")
                        .equals(approval.gates().map(Digest::value).orElse(""))
                && text(said, "freeze").equals(approval.freeze().orElse(""));
    }

    private static String text(JsonNode said, String member) {
        return said.path(member).asText();
    }

    private static Optional<String> content(Digest digest, List<KeptDocument> documents) {
        return documents.stream()
                .filter(document -> document.digest().equals(digest.value()))
                .map(KeptDocument::content)
                .findFirst();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
