package dev.railiance;

import dev.railiance.audit.Audit;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.OpenPromotion;
import dev.railiance.promotion.PromotionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The engine, with promotions opened by hand rather than by a run of Stage 1. */
public final class EngineUnderTest implements AutoCloseable {

    private final PromotionEngine engine;

    /** An engine for which it is always {@code now}. */
    public EngineUnderTest(LedgerLocation location, Actor actor, Instant now) {
        engine = PromotionEngine.open(
                new EngineSettings(location, actor, "runner-7", Map.of(), InstantSource.fixed(now), Optional.empty()));
    }

    /** Opens a promotion and gives it commands. */
    public void live(OpenPromotion opening, String contract, List<PromotionCommand> commands) {
        PromotionId id = engine.openPromotion(opening, KeptDocument.of(contract));
        for (PromotionCommand command : commands) {
            if (!(engine.handle(id, command) instanceof Outcome.Done<Decision> done)
                    || !(done.value() instanceof Decision.Accepted)) {
                throw new IllegalStateException("not accepted: " + command);
            }
        }
    }

    /** Asks where a promotion stands, as the command {@code status} does. */
    public void status(PromotionId id) {
        if (!(engine.query(Query.status(id.value())) instanceof Outcome.Done<?>)) {
            throw new IllegalStateException("not known: " + id);
        }
    }

    /** Asks for an audit, as the command {@code audit} does. */
    public <T> Outcome<T> audit(Function<Audit, Outcome<T>> work) {
        return engine.audit(work);
    }

    @Override
    public void close() {
        engine.close();
    }
}
