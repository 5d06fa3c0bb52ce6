package dev.railiance.approval;

import dev.railiance.failure.Outcome;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval.Scope;
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

    /** The plan of that scope that the repository and the ledger make for a promotion now. */
    Outcome<Planned> plan(Scope scope, PromotionId promotion);

    /**
     * A plan.
     *
     * @param parts what its digest is over, kept with an approval so that it can be said later what changed
     */
    record Planned(Digest digest, Optional<KeptDocument> parts) {}

    /** Who acts, by the operating system's word. */
    Actor actor();

    /** The time. */
    Instant now();
}
