package dev.railiance.replay;

import dev.railiance.ledger.LedgerSession;
import dev.railiance.promotion.Decider;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Decision.Accepted;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.Transitions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a ledger from its beginning and decides everything in it again: each command against the state that was recorded
 * before it, first under the recorded rules, then under another policy where there is one. Holds the promotions that have
 * not ended, and what it reports; never the events. Used by one thread.
 */
public final class Redecision {

    private final AskedTransitions transitions;
    private final Decider decider;
    private final Optional<PromotionId> only;
    private final Optional<Policy> policy;
    private final ReplayTally tally;
    private final Map<PromotionId, Life> lives = new HashMap<>();
    private final Map<Target, PromotionId> holders = new HashMap<>();

    /**
     * Nothing read yet.
     *
     * @param judge what is legal
     * @param only the promotion whose decisions are decided again; the others are still read, for one of them may have held
     *     the target. Empty: all
     * @param policy under which to decide beside the recorded rules
     */
    public Redecision(Transitions judge, Optional<PromotionId> only, Optional<Policy> policy) {
        this.transitions = new AskedTransitions(judge);
        this.decider = new Decider(transitions);
        this.only = only;
        this.policy = policy;
        this.tally = new ReplayTally(only, policy);
    }

    /** The next event, in the order of the ledger. */
    public void read(Recorded recorded) {
        Life life = lives.computeIfAbsent(recorded.promotion(), id -> new Life());
        boolean counts = counts(recorded.promotion());
        if (counts) {
            tally.event(recorded);
        }
        if (life.lost()) {
            tally.notFollowed(counts);
            return;
        }
        Promotion before = life.state();
        boolean inOrder = recorded.sequence() == life.nextSequence();
        if (counts) {
            examine(recorded, life, inOrder);
        }
        if (!inOrder || !life.follow(recorded.event())) {
            life.lose();
        }
        hold(before, life.state());
        if (life.complete()) {
            lives.remove(recorded.promotion());
        }
    }

    /**
     * What came of it, once every event was read.
     *
     * @param head where the ledger ended
     */
    public ReplayReport report(LedgerSession.Head head) {
        lives.entrySet().stream()
                .filter(entry -> counts(entry.getKey())
                        && !entry.getValue().outstanding().isEmpty())
                .sorted(Comparator.comparing(entry -> entry.getKey().value()))
                .forEach(entry -> tally.flip(entry.getValue()
                        .decision()
                        .broken(
                                "EVENTS_MISSING",
                                "the history ends before "
                                        + entry.getValue()
                                                .outstanding()
                                                .getFirst()
                                                .type())));
        return tally.report(head);
    }

    private boolean counts(PromotionId promotion) {
        return only.isEmpty() || only.get().equals(promotion);
    }

    /** Keeps who is in flight where; of a promotion that cannot be followed, the last that is known counts. */
    private void hold(Promotion before, Promotion after) {
        after.opening().map(PromotionOpened::target).ifPresent(target -> {
            if (after.phase().inFlight()) {
                holders.put(target, after.id());
            } else if (before.phase().inFlight()) {
                holders.remove(target, after.id());
            }
        });
    }

    private void examine(Recorded recorded, Life life, boolean inOrder) {
        PromotionEvent expected = life.outstanding().peek();
        if (!inOrder) {
            tally.flip(difference(recorded, life).outOfOrder(life.nextSequence()));
        } else if (expected == null) {
            decide(recorded, life);
        } else if (RecordedCommand.same(expected, recorded.event())) {
            life.outstanding().remove();
        } else {
            life.outstanding().clear();
            tally.flip(difference(recorded, life)
                    .broken("EVENT_DIFFERS", "the decision before it led to another " + expected.type() + " here"));
        }
    }

    private void decide(Recorded recorded, Life life) {
        PromotionEvent event = recorded.event();
        PromotionCommand command = RecordedCommand.of(event, life.state());
        Difference difference = difference(recorded, life);
        var facts = new Facts(event.at(), event.by(), difference.target().map(holders::get), Optional.empty());
        Decision decision = ask(life.state(), command, facts);
        tally.decided(command);
        if (decision instanceof Accepted accepted
                && RecordedCommand.same(accepted.events().getFirst(), event)) {
            difference = difference.recordedAs(accepted.events());
            life.await(difference, accepted.events());
        } else {
            tally.flip(
                    difference.from(decision, transitions.takeAsked(), new GuardFacts(life.state(), command, facts)));
        }
        if (policy.isPresent()
                && difference.target().equals(Optional.of(policy.get().target()))) {
            decideUnder(policy.get(), life, facts, difference.under(Flip.POLICY));
        }
    }

    private void decideUnder(Policy other, Life life, Facts facts, Difference difference) {
        PromotionEvent event = difference.recorded().event();
        PromotionCommand command = life.under(other, RecordedCommand.of(event, life.state()), event.at());
        Promotion state = life.under(other);
        var factsThen = new Facts(
                facts.now(), facts.actor(), facts.targetHolder(), other.freeze(command, state.approvals(), event.at()));
        Decision decision = ask(state, command, factsThen);
        tally.decidedUnderPolicy(command);
        if (!difference.isTheSame(decision)) {
            tally.flip(difference.from(decision, transitions.takeAsked(), new GuardFacts(state, command, factsThen)));
        }
    }

    private Decision ask(Promotion state, PromotionCommand command, Facts facts) {
        transitions.takeAsked();
        return decider.decide(state, command, facts);
    }

    private static Difference difference(Recorded recorded, Life life) {
        Optional<Target> target = life.state()
                .opening()
                .map(PromotionOpened::target)
                .or(() -> recorded.event() instanceof PromotionOpened opened
                        ? Optional.of(opened.target())
                        : Optional.empty());
        return new Difference(
                Flip.RECORDED,
                recorded,
                life.state().phase(),
                target,
                List.of(recorded.event().type()));
    }
}
