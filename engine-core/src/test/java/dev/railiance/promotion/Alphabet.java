package dev.railiance.promotion;

import static dev.railiance.promotion.Samples.*;

import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.PromotionCommand.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A bounded world: how the promotion may be opened, and what may then be asked of it. Every command of the domain is in
 * it, for a few values each.
 */
record Alphabet(List<OpenPromotion> openings, Set<Scope> scopes) {

    /** Commands for any state; a new attempt has an identity that was not used by the last two. */
    List<PromotionCommand> commands(Promotion state) {
        var all = new ArrayList<PromotionCommand>(openings);
        Attempt next = fresh(state);
        all.add(new StartValidation(next));
        all.add(new StartCanary(next, PLAN));
        all.add(new StartCanary(next, OTHER_PLAN));
        all.add(new StartPromote(next, PLAN));
        all.add(new StartPromote(next, OTHER_PLAN));
        all.add(new StartRollback(next, false, "asked for"));
        for (Digest plan : List.of(PLAN, OTHER_PLAN)) {
            all.add(new StartRollback(next, false, "asked for", Optional.empty(), Optional.of(plan)));
        }
        all.add(new StartRollback(next, true, "a check failed"));
        for (int number = 1; number <= 3; number++) {
            addOutcomes(all, attemptId(number), next);
        }
        addWeights(all, next, openings.getFirst().rules());
        addJudgements(all, openings.getFirst().rules());
        addApprovals(all);
        all.add(new AbortPromotion("not wanted"));
        all.add(new SupersedePromotion(OTHER));
        return all;
    }

    private static void addOutcomes(List<PromotionCommand> all, AttemptId reporter, Attempt next) {
        for (Verdict verdict : Verdict.values()) {
            all.add(new RecordValidation(reporter, report(verdict)));
        }
        all.add(new CompleteCanary(reporter, RELEASE));
        all.add(new FailCanary(reporter, "not ready"));
        all.add(new FailWeight(reporter, "out of reach"));
        all.add(new CompletePromote(reporter, RELEASE));
        all.add(new FailPromote(reporter, "not ready", next));
        all.add(new CompleteRollback(reporter));
        all.add(new FailRollback(reporter, List.of("deployment/shop")));
    }

    private static void addWeights(List<PromotionCommand> all, Attempt next, Rules rules) {
        var weights = new TreeSet<>(rules.weights());
        weights.add(0);
        weights.add(70);
        for (int weight : weights) {
            all.add(new StartWeight(next, weight, Optional.empty()));
            all.add(new ChangeWeight(weight));
            for (int number = 1; number <= 3; number++) {
                all.add(new ChangeWeight(Optional.of(attemptId(number)), weight, Optional.empty()));
            }
        }
    }

    private static void addJudgements(List<PromotionCommand> all, Rules rules) {
        for (String gate : rules.gates()) {
            for (Result verdict : Result.values()) {
                all.add(new EvaluateGate(look(gate, verdict)));
            }
        }
        all.add(new EvaluateGate(look("undeclared", Result.PASS)));
        all.add(new PassGates());
        all.add(new RevokeGates("an operator saw something"));
    }

    private void addApprovals(List<PromotionCommand> all) {
        for (Scope scope : scopes) {
            for (Actor approver : List.of(ANN, BOB)) {
                all.add(new GrantApproval(approval(scope, PLAN, approver, true)));
                all.add(new GrantApproval(approval(scope, OTHER_PLAN, approver, true)));
            }
            all.add(new GrantApproval(approval(scope, PLAN, REQUESTER, true)));
            all.add(new GrantApproval(approval(scope, PLAN, ANN, false)));
        }
        for (Scope scope : Scope.values()) {
            all.add(new GrantApproval(approval(scope, PLAN, STRANGER, true)));
        }
        all.add(new ApprovePromotion(Optional.empty()));
        all.add(new ApprovePromotion(Optional.of(PLAN)));
        all.add(new ApprovePromotion(Optional.of(OTHER_PLAN)));
        all.add(new WithdrawApproval("second thoughts"));
        all.add(new RevokeApproval("expired"));
    }

    private static Attempt fresh(Promotion state) {
        for (int number = 1; ; number++) {
            Attempt candidate = attempt(number);
            if (!Optional.of(candidate.id()).equals(state.settled())
                    && !Optional.of(candidate).equals(state.attempt())) {
                return candidate;
            }
        }
    }

    /** What the world may be like: nothing in the way, and each single thing in the way, now and after expiry. */
    static List<Facts> facts(PromotionCommand command) {
        if (command instanceof WithdrawApproval) {
            return List.of(
                    Facts.at(BEFORE_EXPIRY, ANN), Facts.at(BEFORE_EXPIRY, BOB), Facts.at(BEFORE_EXPIRY, STRANGER));
        }
        return List.of(
                calm(),
                Facts.at(AFTER_EXPIRY, REQUESTER),
                new Facts(BEFORE_EXPIRY, REQUESTER, Optional.of(OTHER), Optional.empty()),
                new Facts(BEFORE_EXPIRY, REQUESTER, Optional.of(ID), Optional.empty()),
                new Facts(BEFORE_EXPIRY, REQUESTER, Optional.empty(), Optional.of("holidays")));
    }

    /** The worlds that are explored: each asks for something that the others do not. */
    static List<Alphabet> worlds() {
        var none = rule(0, false);
        return List.of(
                new Alphabet(
                        List.of(open(FIXED, rules(false, List.of(), Set.of("errors"), none, rule(2, true), none))),
                        Set.of(Scope.STAGE3)),
                new Alphabet(
                        List.of(open(
                                FIXED, rules(true, List.of(10, 50), Set.of("errors", "latency"), none, none, none))),
                        Set.of()),
                new Alphabet(
                        openings(rules(false, List.of(), Set.of(), rule(1, true), none, rule(1, true))),
                        Set.of(Scope.STAGE2, Scope.ROLLBACK)),
                new Alphabet(
                        openings(rules(true, List.of(), Set.of(), none, none, rule(2, false))),
                        Set.of(Scope.ROLLBACK)));
    }

    private static List<OpenPromotion> openings(Rules rules) {
        return List.of(open(FIXED, rules), open(DIRTY, rules), open(WITHOUT_DIGEST, rules));
    }
}
