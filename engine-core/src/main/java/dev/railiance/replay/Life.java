package dev.railiance.replay;

import dev.railiance.contract.Freeze;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.ImpossibleHistory;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.GrantApproval;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.ApprovalGranted;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A promotion while its history is read: the fold of what was recorded, and what the last decision still has to record. */
final class Life {

    private final Map<Approval, Instant> granted = new HashMap<>();
    private final Deque<PromotionEvent> outstanding = new ArrayDeque<>();
    private Promotion state = Promotion.NEW;
    private long nextSequence;
    private boolean lost;
    private @Nullable Difference decision;

    Promotion state() {
        return state;
    }

    /** The sequence that its next event must have. */
    long nextSequence() {
        return nextSequence;
    }

    /** Whether its history cannot be followed any further. */
    boolean lost() {
        return lost;
    }

    void lose() {
        lost = true;
        outstanding.clear();
    }

    /** Whether nothing can follow any more. */
    boolean complete() {
        return !lost && outstanding.isEmpty() && state.phase().end();
    }

    /** Remembers a decision until all its events were read, of which the first is being read now. */
    void await(Difference decided, List<PromotionEvent> events) {
        decision = decided;
        outstanding.addAll(events.subList(1, events.size()));
    }

    /** The last decision that was awaited. */
    Difference decision() {
        return Objects.requireNonNull(decision);
    }

    /** The events that follow from the last decision and have not been read yet. */
    Deque<PromotionEvent> outstanding() {
        return outstanding;
    }

    /** Takes one more event into the state; whether the lifecycle has such an event here. */
    boolean follow(PromotionEvent event) {
        try {
            state = state.evolve(event);
        } catch (ImpossibleHistory e) {
            return false;
        }
        nextSequence++;
        if (event instanceof ApprovalGranted given) {
            granted.put(given.approval(), given.at());
        }
        granted.keySet().retainAll(state.approvals());
        return true;
    }

    /** The state as it was, but under the rules of a policy, which also say how long approvals hold. */
    Promotion under(Policy policy) {
        return new Promotion(
                state.phase(),
                state.opening().map(opened -> under(policy, opened)),
                state.attempt(),
                state.settled(),
                state.validation(),
                state.weight(),
                state.gates(),
                state.approvals().stream()
                        .map(approval -> under(policy, approval, Optional.ofNullable(granted.get(approval))))
                        .toList());
    }

    /** The command as it would have been given under a policy. */
    PromotionCommand under(Policy policy, PromotionCommand command, Instant now) {
        return switch (command) {
            case GrantApproval grant -> new GrantApproval(under(policy, grant.approval(), Optional.of(now)));
            case PromotionCommand.OpenPromotion open ->
                new PromotionCommand.OpenPromotion(
                        open.id(),
                        open.target(),
                        open.artifact(),
                        policy.contract(),
                        policy.rules(),
                        open.signers(),
                        open.mandate());
            default -> command;
        };
    }

    private static PromotionOpened under(Policy policy, PromotionOpened opened) {
        return new PromotionOpened(
                opened.at(),
                opened.by(),
                opened.id(),
                opened.target(),
                opened.artifact(),
                policy.contract(),
                policy.rules(),
                opened.signers(),
                opened.mandate());
    }

    /**
     * Whoever approved while a window of the policy was open would have known of it; what an early format does not say counted in any
     * window. Where the policy lets approvals hold for another time than the recorded rules did, they end accordingly.
     */
    private Approval under(Policy policy, Approval recorded, Optional<Instant> given) {
        List<Freeze> known = recorded.gates().isEmpty()
                ? policy.freezes()
                : given.map(policy::open).orElse(List.of());
        Approval approval = recorded.during(known.stream().map(Freeze::name).toList());
        Duration validFor = policy.rules().approval(approval.scope()).validFor();
        boolean asBefore = state.opening()
                .filter(opened -> opened.mandate().isPresent()
                        || opened.rules().approval(approval.scope()).validFor().equals(validFor))
                .isPresent();
        return asBefore || given.isEmpty()
                ? approval
                : approval.until(given.get().plus(validFor));
    }
}
