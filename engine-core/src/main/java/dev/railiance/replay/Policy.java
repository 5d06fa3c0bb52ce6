package dev.railiance.replay;

import dev.railiance.contract.Freeze;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.StartCanary;
import dev.railiance.promotion.PromotionCommand.StartPromote;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Target;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a contract says about promotions of one target.
 *
 * @param target whose promotions it is for
 * @param contract digest of the contract's bytes
 * @param rules what it asks for
 * @param freezes when it lets nothing begin
 */
public record Policy(Target target, Digest contract, Rules rules, List<Freeze> freezes) {

    private static final Freeze ALWAYS = new Freeze.Once(
            "of a contract that this version of Railiance cannot read",
            OffsetDateTime.MIN,
            OffsetDateTime.MAX,
            OptionalInt.empty());

    public Policy {
        freezes = List.copyOf(freezes);
    }

    /**
     * That of a contract which this version cannot read: what it says of freeze windows is not known, so nothing begins.
     *
     * @param rules as they were recorded
     */
    public static Policy unreadable(Target target, Digest contract, Rules rules) {
        return new Policy(target, contract, rules, List.of(ALWAYS));
    }

    /**
     * The name of a window that is open when a command is given, and that is not overridden: as many people as it asks for
     * approved the very plan, each while it was open and with a reason, and their approvals hold.
     */
    public Optional<String> freeze(PromotionCommand command, List<Approval> approvals, Instant now) {
        return switch (command) {
            case StartCanary start -> freeze(Approval.Scope.STAGE2, start.planned(), approvals, now);
            case StartPromote start -> freeze(Approval.Scope.STAGE3, start.planned(), approvals, now);
            default -> Optional.empty();
        };
    }

    private Optional<String> freeze(Approval.Scope scope, Digest plan, List<Approval> approvals, Instant now) {
        return open(now).stream()
                .filter(window -> window.overrideRequired().isEmpty()
                        || lifters(window, scope, plan, approvals, now)
                                < window.overrideRequired().getAsInt())
                .map(Freeze::name)
                .findFirst();
    }

    /** How many people approved a plan although a window was open, and still do. */
    public static int lifters(Freeze window, Approval.Scope scope, Digest plan, List<Approval> approvals, Instant now) {
        return (int) approvals.stream()
                .filter(approval -> approval.scope() == scope
                        && approval.plan().equals(plan)
                        && approval.validAt(now)
                        && approval.breaks(window.name()))
                .map(Approval::approver)
                .distinct()
                .count();
    }

    /** The windows that are open. */
    public List<Freeze> open(Instant now) {
        return freezes.stream().filter(window -> isOpen(window, now)).toList();
    }

    private static boolean isOpen(Freeze window, Instant now) {
        return switch (window) {
            case Freeze.Once once ->
                !now.isBefore(once.from().toInstant()) && now.isBefore(once.to().toInstant());
            case Freeze.Weekly weekly -> weekly.window().contains(now);
        };
    }
}
