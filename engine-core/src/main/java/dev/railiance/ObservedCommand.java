package dev.railiance;

import dev.railiance.axon.Judgement;
import dev.railiance.ledger.LedgerException;
import dev.railiance.metric.EngineMetrics;
import dev.railiance.metric.Measurement;
import dev.railiance.metric.Measurement.CommandOutcome;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Refusal;
import dev.railiance.promotion.Trigger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the metrics and the log what became of a command. The log gets no more of it than its trigger. */
final class ObservedCommand {

    private static final Logger LOG = LoggerFactory.getLogger(PromotionEngine.class);

    private final EngineMetrics metrics;
    private final PromotionId promotion;
    private final Trigger trigger;
    private final long start = System.nanoTime();

    ObservedCommand(EngineMetrics metrics, PromotionId promotion, Trigger trigger) {
        this.metrics = metrics;
        this.promotion = promotion;
        this.trigger = trigger;
    }

    /** Has the command decided; empty if there is no such promotion. */
    Optional<Judgement> decided(Supplier<Optional<Judgement>> work) {
        Optional<Judgement> judged;
        try {
            judged = work.get();
        } catch (RuntimeException e) {
            threw(e);
            throw e;
        }
        if (judged.isEmpty()) {
            ended(CommandOutcome.FAILED, Optional.empty());
            return judged;
        }
        switch (judged.get().decision()) {
            case Decision.Accepted accepted -> ended(CommandOutcome.ACCEPTED, Optional.empty());
            case Decision.Unchanged unchanged -> ended(CommandOutcome.UNCHANGED, Optional.empty());
            case Decision.Refused refused ->
                ended(CommandOutcome.REFUSED, Optional.of(refused.refusal().code()));
        }
        return judged;
    }

    /** Has a promotion opened, which is not refused but by the ledger. */
    void opened(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            threw(e);
            throw e;
        }
        ended(CommandOutcome.ACCEPTED, Optional.empty());
    }

    private void threw(RuntimeException exception) {
        // Two who are decided at once may both be allowed: then it is the ledger that refuses the later one.
        if (exception instanceof LedgerException ledger && ledger.kind() == LedgerException.Kind.TARGET_HELD) {
            ended(CommandOutcome.REFUSED, Optional.of(Refusal.Code.TARGET_BUSY));
        } else {
            ended(CommandOutcome.FAILED, Optional.empty());
        }
    }

    private void ended(CommandOutcome outcome, Optional<Refusal.Code> refusal) {
        LOG.debug("promotion {}: {} {}", promotion, trigger, outcome);
        metrics.record(new Measurement.Command(trigger, outcome, refusal, Duration.ofNanos(System.nanoTime() - start)));
    }
}
