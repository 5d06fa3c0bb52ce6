package dev.railiance.projection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.contract.Gate;
import dev.railiance.effect.ReleasePods;
import dev.railiance.effect.ReleaseState;
import dev.railiance.gate.Score;
import dev.railiance.observation.GateObserver;
import dev.railiance.observation.Question;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.TrafficShare;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.LiveCanary;
import dev.railiance.stage2.WeightSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a canary is judged by, and how it does: {@code railiance.stage2-observe-result.v1}. */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "mode", "phase", "outcome", "reason"})
public record Stage2ObserveResult(
        String schema,
        String promotionId,
        String app,
        String environment,
        int stage,
        String mode,
        String phase,
        String outcome,
        Optional<String> reason,
        String actor,
        Instant startedAt,
        Instant finishedAt,
        long durationMs,
        String artifactDigest,
        String contractDigest,
        String namespace,
        Routing routing,
        Optional<Release> release,
        Optional<Pods> canary,
        Optional<Pods> stable,
        List<Target> gates,
        Optional<Scored> score,
        Rendered.NextStep nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.stage2-observe-result.v1";

    /** How the canary gets its traffic, as recorded and as it is. */
    public record Routing(
            String mode, String router, int weight, Optional<TrafficShare> actual, Optional<Instant> heldUntil) {}

    /**
     * The canary's release.
     *
     * @param condition {@code absent}, {@code deployed}, {@code failed}, {@code pending} or {@code other}
     */
    public record Release(String name, String condition, Optional<Integer> revision) {}

    /** Pods of one version. */
    public record Pods(int desired, int updated, int ready, List<Pod> pods) {}

    /** One pod. */
    public record Pod(String name, boolean ready, int restarts, Optional<String> reason) {}

    /**
     * A gate, with the newest look at it that counts.
     *
     * @param asks the query, request or program
     * @param nextLook when the next look is due; missing where all are taken, or there is no canary yet
     */
    public record Target(
            String name,
            String kind,
            boolean required,
            boolean shadow,
            Optional<String> asks,
            Optional<Seen> seen,
            Optional<Instant> nextLook) {}

    /** A look. */
    public record Seen(
            String verdict,
            String reason,
            Instant from,
            Instant to,
            List<Double> stable,
            List<Double> canary,
            String digest) {}

    /** The weighted score of all gates. */
    public record Scored(String verdict, double percent, String reason) {}

    /** What is observed. */
    public record Subject(CanaryDesign design, Known known, Question question) {}

    /** How the call went. */
    public record Ran(boolean live, Actor actor, Instant started, InstantSource clock) {}

    /** The document. */
    public static Stage2ObserveResult of(
            Subject subject, Optional<LiveCanary> live, Ran ran, String outcome, Optional<String> reason) {
        Promotion promotion = subject.known().promotion().orElseThrow();
        CanaryDesign design = subject.design();
        Instant ended = ran.clock().instant();
        var opened = promotion.opening().orElseThrow();
        return new Stage2ObserveResult(
                SCHEMA,
                promotion.id().value(),
                promotion.target().app(),
                promotion.target().environment(),
                2,
                ran.live() ? "live" : "plan",
                Rendered.spelled(promotion.phase()),
                outcome,
                reason,
                ran.actor().name(),
                ran.started().truncatedTo(ChronoUnit.MICROS),
                ended.truncatedTo(ChronoUnit.MICROS),
                Duration.between(ran.started(), ended).toMillis(),
                opened.artifact().digest().value(),
                opened.contract().value(),
                design.deploy().namespace(),
                routing(subject, live.flatMap(LiveCanary::share)),
                live.map(seen -> release(design.canary(), seen.release())),
                live.map(seen -> pods(seen.canary())),
                live.flatMap(LiveCanary::stable).map(Stage2ObserveResult::pods),
                design.contract().stage2().gates().stream()
                        .map(gate -> target(gate, subject))
                        .toList(),
                score(subject),
                next(promotion, outcome));
    }

    private static Routing routing(Subject subject, Optional<TrafficShare> actual) {
        int weight = subject.known().promotion().map(Promotion::weight).orElse(0);
        var stage2 = subject.design().contract().stage2();
        return new Routing(
                Rendered.spelled(stage2.mode()),
                Rendered.spelled(stage2.router()),
                weight,
                actual,
                weight == 0
                        ? Optional.empty()
                        : Optional.of(new WeightSchedule(subject.design().steps(), subject.known()).heldUntil()));
    }

    private static Release release(String name, ReleaseState state) {
        return switch (state) {
            case ReleaseState.Absent absent -> new Release(name, "absent", Optional.empty());
            case ReleaseState.Present present ->
                new Release(name, Rendered.spelled(present.condition()), Optional.of(present.revision()));
        };
    }

    private static Pods pods(ReleasePods seen) {
        return new Pods(
                seen.desired(),
                seen.updated(),
                seen.ready(),
                seen.pods().stream()
                        .map(pod -> new Pod(pod.name(), pod.ready(), pod.restarts(), pod.reason()))
                        .toList());
    }

    private static Target target(Gate gate, Subject subject) {
        Instant due = GateObserver.due(gate, subject.question());
        return new Target(
                gate.name(),
                gate.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                gate.stake().required(),
                gate.stake().shadow(),
                asks(gate),
                latest(gate, subject).map(Stage2ObserveResult::seen),
                subject.question().since().equals(Instant.EPOCH) || due.equals(Instant.MAX)
                        ? Optional.empty()
                        : Optional.of(due.truncatedTo(ChronoUnit.MICROS)));
    }

    private static Optional<String> asks(Gate gate) {
        return switch (gate) {
            case Gate.Metric metric -> Optional.of(metric.query());
            case Gate.Compare compare -> Optional.of(compare.query());
            case Gate.Http http -> Optional.of(http.method() + " " + http.url());
            case Gate.Command command -> Optional.of(command.command().argv().getFirst());
            case Gate.Rollout rollout -> Optional.empty();
            case Gate.Pods pods -> Optional.empty();
        };
    }

    /** The newest look since the canary has its present weight. */
    private static Optional<GateEvaluation> latest(Gate gate, Subject subject) {
        return subject.question().earlier().reversed().stream()
                .filter(look -> look.gate().equals(gate.name())
                        && !look.from().isBefore(subject.question().since()))
                .findFirst();
    }

    private static Seen seen(GateEvaluation look) {
        return new Seen(
                Rendered.spelled(look.verdict()),
                look.reason(),
                look.from(),
                look.to(),
                look.stable(),
                look.canary(),
                look.digest().value());
    }

    private static Optional<Scored> score(Subject subject) {
        var stage2 = subject.design().contract().stage2();
        return stage2.score()
                .map(thresholds -> Score.of(
                        thresholds,
                        stage2.gates().stream()
                                .map(gate -> new Score.Judged(
                                        gate.name(),
                                        gate.stake(),
                                        latest(gate, subject)
                                                .map(GateEvaluation::verdict)
                                                .orElse(GateEvaluation.Result.HOLD)))
                                .toList()))
                .map(score -> new Scored(Rendered.spelled(score.verdict()), score.percent(), score.reason()));
    }

    private static Rendered.NextStep next(Promotion promotion, String outcome) {
        boolean stillJudged = promotion.phase() == Phase.GATES_PASSED || promotion.phase() == Phase.APPROVED;
        if (outcome.equals("planned") && stillJudged) {
            return new Rendered.NextStep(
                    "railiance observe " + promotion.id() + " --live", "looks at the canary as it is");
        }
        return switch (outcome) {
            case "failed" ->
                new Rendered.NextStep("railiance abort " + promotion.id() + " --apply", "takes the canary away");
            case "waiting" ->
                new Rendered.NextStep(
                        "railiance observe " + promotion.id() + " --watch", "looks until the gates have decided");
            default -> Rendered.NextStep.of(promotion.phase(), promotion.id());
        };
    }
}
