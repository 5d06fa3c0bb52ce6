package dev.railiance.audit;

import dev.railiance.ledger.KeptDocument;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.ApprovalGranted;
import dev.railiance.promotion.PromotionEvent.ApprovalWithdrawn;
import dev.railiance.promotion.Proof;
import dev.railiance.signature.Signers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Asks of the approvals of a promotion that comes from elsewhere whether their signatures hold. */
final class Proofs {

    private static final String NAMESPACE = "railiance-approval";

    private Proofs() {}

    /** What is wrong with the proof of an event; quotes nothing of it. */
    static Optional<String> objection(long sequence, PromotionEvent event, List<KeptDocument> documents) {
        return switch (event) {
            case ApprovalGranted granted ->
                granted.approval()
                        .proof()
                        .filter(proof -> !holds(proof, granted.approval().approver(), event, documents))
                        .map(proof -> "the signature of the approval in event " + sequence + " does not hold");
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
