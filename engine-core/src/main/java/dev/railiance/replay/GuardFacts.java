package dev.railiance.replay;

import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Guard;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.ChangeWeight;
import dev.railiance.promotion.PromotionCommand.EvaluateGate;
import dev.railiance.promotion.PromotionCommand.GrantApproval;
import dev.railiance.promotion.PromotionCommand.StartRollback;
import dev.railiance.promotion.PromotionCommand.StartWeight;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.Rules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a guard looks at, for people.
 *
 * @param promotion before the command
 * @param facts that the command was decided with
 */
record GuardFacts(Promotion promotion, PromotionCommand command, Facts facts) {

    /** Said of a freeze window where a history is explained. */
    static final String FREEZE_NOT_RECORDED = "not recorded; none is taken to have stood in the way";

    /** The same after these events. */
    GuardFacts after(List<PromotionEvent> events) {
        Promotion state = promotion;
        for (PromotionEvent event : events) {
            state = state.evolve(event);
        }
        return new GuardFacts(state, command, facts);
    }

    List<Fact> of(Guard guard) {
        Rules rules = promotion.rules();
        return switch (guard) {
            case ATTEMPT_CURRENT ->
                List.of(
                        fact("reported by", command.attempt()),
                        fact("under way", promotion.attempt().map(Attempt::id)));
            case ARTIFACT_FIXED -> artifact(promotion.artifact(), rules);
            case TARGET_FREE ->
                List.of(new Fact("target", promotion.target().toString()), fact("held by", facts.targetHolder()));
            case NOT_FROZEN -> List.of(new Fact("freeze window", facts.freeze().orElse(FREEZE_NOT_RECORDED)));
            case CANARY_APPROVED -> quorum(Scope.STAGE2);
            case WEIGHT_DECLARED -> List.of(fact("weight", weight()), new Fact("declared", listed(rules.weights())));
            case GATE_DECLARED ->
                List.of(
                        fact(
                                "gate",
                                command instanceof EvaluateGate look
                                        ? look.evaluation().gate()
                                        : ""),
                        new Fact("declared", listed(rules.gates())));
            case EVERY_GATE_PASSES -> gates(rules);
            case LAST_WEIGHT_REACHED ->
                List.of(fact("weight", promotion.weight()), new Fact("declared", listed(rules.weights())));
            case WEIGHT_SETTLED ->
                List.of(fact("being changed by", promotion.attempt().map(Attempt::id)));
            case APPROVER_LISTED -> approver(rule -> new Fact("named", anybodyOr(rule.from())));
            case APPROVER_INDEPENDENT ->
                approver(rule -> new Fact(
                        "requested by", promotion.requester() + (rule.excludeRequester() ? ", who may not" : "")));
            case APPROVAL_SIGNED ->
                approver(rule -> new Fact(
                        "signature",
                        (signed() ? "verified" : "none")
                                + (rules.critical() || rule.signed() ? ", wanted" : ", not wanted")));
            case APPROVAL_GIVEN ->
                List.of(
                        fact("acting", facts.actor()),
                        new Fact(
                                "approvals by",
                                listed(promotion.approvals().stream()
                                        .map(Approval::approver)
                                        .distinct()
                                        .toList())));
            case QUORUM_REACHED, QUORUM_LOST, PLAN_UNCHANGED, APPROVAL_UNEXPIRED -> quorum(Scope.STAGE3);
            case ROLLBACK_APPROVED ->
                Stream.concat(
                                Stream.of(fact(
                                        "automatic",
                                        command instanceof StartRollback rollback
                                                && rollback.automatic()
                                                && rules.automaticRollback())),
                                quorum(Scope.ROLLBACK).stream())
                        .toList();
        };
    }

    private int weight() {
        return switch (command) {
            case StartWeight start -> start.weight();
            case ChangeWeight change -> change.weight();
            default -> promotion.weight();
        };
    }

    private static List<Fact> artifact(Artifact artifact, Rules rules) {
        return List.of(
                fact("uncommitted changes", artifact.dirty()),
                fact("digest wanted", rules.digestPinned() && artifact.image().isPresent()),
                fact("image digest", artifact.imageDigest()));
    }

    private List<Fact> gates(Rules rules) {
        return rules.requiredGates().isEmpty()
                ? List.of(new Fact("required", "none"))
                : rules.requiredGates().stream()
                        .map(gate -> new Fact(
                                gate,
                                Optional.ofNullable(promotion.gates().get(gate))
                                        .map(Rendered::spelled)
                                        .orElse("not looked at")))
                        .toList();
    }

    private List<Fact> quorum(Scope scope) {
        int required = promotion.approvalRule(scope).required();
        Optional<Digest> plan = command.plan();
        List<Approval> given = promotion.approvals().stream()
                .filter(approval -> approval.scope() == scope
                        && (plan.isEmpty() || plan.get().equals(approval.plan())))
                .toList();
        var facts = new ArrayList<Fact>();
        facts.add(fact("required", required));
        plan.ifPresent(wanted -> facts.add(fact("plan", wanted)));
        facts.add(new Fact("approved by", names(given, false)));
        if (given.stream().anyMatch(approval -> !approval.validAt(facts().now()))) {
            facts.add(new Fact("expired", names(given, true)));
        }
        return facts;
    }

    private String names(List<Approval> given, boolean expired) {
        return listed(given.stream()
                .filter(approval -> expired != approval.validAt(facts.now()))
                .map(Approval::approver)
                .map(Actor::name)
                .distinct()
                .toList());
    }

    private List<Fact> approver(Function<Rules.ApprovalRule, Fact> more) {
        return command instanceof GrantApproval grant
                ? List.of(
                        fact("approver", grant.approval().approver()),
                        more.apply(promotion.approvalRule(grant.approval().scope())))
                : List.of();
    }

    private boolean signed() {
        return command instanceof GrantApproval grant && grant.approval().signed();
    }

    private static String anybodyOr(Collection<String> names) {
        return names.isEmpty() ? "anybody" : listed(names);
    }

    private static String listed(Collection<?> values) {
        return values.isEmpty()
                ? "none"
                : String.join(", ", values.stream().map(Object::toString).toList());
    }

    private static Fact fact(String name, Object value) {
        return new Fact(
                name,
                switch (value) {
                    case Boolean yes -> yes ? "yes" : "no";
                    case Optional<?> optional -> optional.map(Object::toString).orElse("none");
                    default -> value.toString();
                });
    }
}
