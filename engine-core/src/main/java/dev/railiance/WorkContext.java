package dev.railiance;

import dev.railiance.effect.Deployer;
import dev.railiance.effect.Mark;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Category;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.Ledger;
import dev.railiance.process.Cancellation;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionId;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the parts of the work on one canary share. The ledger is open only while it is read or written.
 *
 * @param lease under which what comes of it is recorded; empty where somebody else may have it
 * @param context of the kubeconfig; its current one when empty
 * @param resumed the command that carries on what was begun
 */
record WorkContext(
        EngineParts parts,
        PromotionId id,
        Optional<Ledger.Lease> lease,
        CanaryDesign design,
        Deployer deployer,
        Optional<String> context,
        Cancellation cancellation,
        Consumer<String> progress,
        String resumed) {

    /** Has a command decided and recorded. */
    Outcome<Decision> tell(PromotionCommand command) {
        return parts.engine().handle(id, command, lease.map(Ledger.Lease::fence).orElse(Fence.NONE));
    }

    /** Whether no other process can be at work on the promotion, alive or hanging. */
    boolean alone() {
        return lease.filter(Ledger.Lease::alone).isPresent();
    }

    /** The promotion as the ledger has it now. */
    Outcome<Known> known() {
        return parts.known(id);
    }

    /** A new attempt of this process. */
    Attempt attempt() {
        return new Attempt(
                parts.identities().attempt(),
                parts.settings().host(),
                ProcessHandle.current().pid());
    }

    Mark mark(Known known, AttemptId attempt, int weight) {
        Promotion promotion = known.promotion().orElseThrow();
        return new Mark(id, attempt, promotion.artifact().digest(), weight);
    }

    /** Whether somebody else has ended an attempt. A ledger that cannot be asked now will say so when the outcome is recorded. */
    boolean overtaken(AttemptId attempt) {
        return known() instanceof Outcome.Done<Known> done
                && !done.value()
                        .promotion()
                        .flatMap(Promotion::attempt)
                        .map(Attempt::id)
                        .equals(Optional.of(attempt));
    }

    /** Goes on only with what nobody else has ended; asked before each effect, since waiting may have taken long. */
    Outcome<AttemptId> ours(AttemptId attempt) {
        return overtaken(attempt) ? stale() : Outcome.done(attempt);
    }

    <T> Outcome<T> stale() {
        return Outcome.notDone(new Failure(
                Code.ATTEMPT_STALE,
                "promotion " + id + ": somebody else has ended this attempt",
                "railiance status " + id));
    }

    Instant now() {
        return parts.now();
    }

    void says(String line) {
        progress.accept(line);
    }

    /** Waits; false if the work was cancelled meanwhile. */
    boolean pause(Duration span) {
        return cancellation.pause(span);
    }

    <T> Outcome<T> interrupted() {
        return Outcome.notDone(new Failure(
                Code.INTERRUPTED, "promotion " + id + ": interrupted; what was begun is carried on", resumed));
    }

    /** Whether it is not known what became of a call: then nothing is recorded, and the next call finds out. */
    static boolean open(Failure failure) {
        return failure.code().category() == Category.TOOL || failure.code().category() == Category.CONFLICT;
    }
}
