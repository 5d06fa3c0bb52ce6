package dev.railiance.approval;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.contract.Freeze;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.projection.Query;
import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Mandate;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.ApprovalGranted;
import dev.railiance.promotion.PromotionEvent.ApprovalWithdrawn;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Proof;
import dev.railiance.promotion.Rules.ApprovalRule;
import dev.railiance.replay.Policy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who may approve a promotion, who has, and what is missing: {@code railiance.approvals.v1}.
 *
 * @param requester who opened it
 * @param rulesFrom the promotion in production whose rules hold instead of its own
 * @param signersDigest of the file that says whose signatures count
 * @param stages what each stage asks for and has
 * @param freezes the windows that are open
 * @param approvals all that were ever given, in order
 */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "phase"})
public record Approvals(
        String schema,
        String promotionId,
        String app,
        String environment,
        int stage,
        String phase,
        String requester,
        Optional<String> rulesFrom,
        Optional<String> signersDigest,
        List<Stage> stages,
        List<Window> freezes,
        List<Given> approvals,
        Rendered.NextStep nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.approvals.v1";

    /**
     * What a stage asks for and has.
     *
     * @param from who may; empty for anybody
     * @param planDigest the plan that most people approve now
     * @param given how many people that are
     * @param missing how many more must
     */
    public record Stage(
            String scope,
            int required,
            List<String> from,
            boolean excludeRequester,
            boolean signed,
            String validFor,
            Optional<String> planDigest,
            int given,
            int missing) {}

    /**
     * A freeze window that is open.
     *
     * @param overrideRequired how many people lift it; empty: nobody can
     * @param missing how many more people that takes, of those who approve the stage that comes next
     */
    public record Window(String name, Optional<Integer> overrideRequired, Optional<Integer> missing) {}

    /**
     * An approval.
     *
     * @param state whether it still counts: valid, past its end, withdrawn, or given on gates that were taken back since
     * @param key fingerprint of the key that signed it
     * @param freeze the freeze window that was open when it was given
     */
    public record Given(
            String scope,
            String approver,
            String state,
            boolean signed,
            Optional<String> key,
            String planDigest,
            Optional<String> statementDigest,
            Instant at,
            Instant expires,
            Optional<String> freeze,
            String reason) {}

    /** Asks for those of a promotion: an id or the beginning of one, or the one that changed last. */
    public static Query<Approvals> query(
            Optional<String> promotion, Function<String, Optional<Policy>> contracts, Instant now) {
        return view -> promotion
                .map(Query::status)
                .orElseGet(Query::latestStatus)
                .answer(view)
                .then(row -> Outcome.done(of(Ground.of(view, row.promotion(), contracts), now)));
    }

    private static Approvals of(Ground ground, Instant now) {
        Promotion promotion = ground.promotion();
        return new Approvals(
                SCHEMA,
                promotion.id().value(),
                promotion.target().app(),
                promotion.target().environment(),
                promotion.phase().stage(),
                Rendered.spelled(promotion.phase()),
                promotion.requester().name(),
                ground.mandate().map(Mandate::from).map(PromotionId::value),
                ground.kept().map(KeptDocument::digest),
                Arrays.stream(Scope.values())
                        .map(scope -> stage(ground, Quorum.of(ground, scope, now)))
                        .toList(),
                windows(ground, now),
                given(ground, now).toList(),
                Following.of(ground, now));
    }

    private static Stage stage(Ground ground, Quorum quorum) {
        ApprovalRule rule = ground.rule(quorum.scope());
        return new Stage(
                Rendered.spelled(quorum.scope()),
                rule.required(),
                List.copyOf(rule.from()),
                rule.excludeRequester(),
                ground.promotion().mustSign(quorum.scope()),
                rule.validFor().toString(),
                quorum.plan().map(Digest::value),
                quorum.given(),
                quorum.missing());
    }

    private static List<Window> windows(Ground ground, Instant now) {
        Scope next = switch (ground.promotion().phase()) {
            case NEW, OPENED, VALIDATING, VALIDATED -> Scope.STAGE2;
            default -> Scope.STAGE3;
        };
        Quorum quorum = Quorum.of(ground, next, now);
        return ground.frozen(now).stream()
                .map(window -> new Window(window.name(), required(window), quorum.missing(window)))
                .toList();
    }

    private static Optional<Integer> required(Freeze window) {
        return window.overrideRequired().isPresent()
                ? Optional.of(window.overrideRequired().getAsInt())
                : Optional.empty();
    }

    private static Stream<Given> given(Ground ground, Instant now) {
        List<PromotionEvent> history = ground.history();
        return IntStream.range(0, history.size())
                .filter(i -> history.get(i) instanceof ApprovalGranted)
                .mapToObj(i -> {
                    var granted = (ApprovalGranted) history.get(i);
                    Approval approval = granted.approval();
                    return new Given(
                            Rendered.spelled(approval.scope()),
                            approval.approver().name(),
                            state(ground, approval, history.subList(i, history.size()), now),
                            approval.signed(),
                            approval.proof().map(Proof::key),
                            approval.plan().value(),
                            approval.proof().map(Proof::statement).map(Digest::value),
                            granted.at(),
                            approval.expires(),
                            approval.freeze(),
                            approval.reason());
                });
    }

    private static String state(Ground ground, Approval approval, List<PromotionEvent> since, Instant now) {
        if (ground.promotion().approvals().contains(approval)) {
            return approval.validAt(now) ? "valid" : "expired";
        }
        return since.stream()
                        .anyMatch(event ->
                                event instanceof ApprovalWithdrawn && event.by().equals(approval.approver()))
                ? "withdrawn"
                : "gates-revoked";
    }
}
