package dev.railiance.approval;

import dev.railiance.failure.Outcome;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionId;
import dev.railiance.replay.Policy;
import dev.railiance.signature.SigningKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What approving needs of the engine. */
public interface Registrar {

    /** Asks the ledger. */
    <T> Outcome<T> query(Query<T> query);

    /** Has a command decided and recorded, and keeps documents with what follows from it. */
    Outcome<Decision> record(PromotionId promotion, PromotionCommand command, Actor by, List<KeptDocument> documents);

    /** A key to sign with. */
    Outcome<SigningKey> key(Path file);

    /** What a contract's text declares. */
    Optional<Policy> policy(String contract);

    /** Digest of the plan for Stage 2 that the repository makes for a promotion now. */
    Outcome<Digest> canaryPlan(PromotionId promotion);

    /** Who acts, by the operating system's word. */
    Actor actor();

    /** The time. */
    Instant now();
}
