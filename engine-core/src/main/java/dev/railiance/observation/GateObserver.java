package dev.railiance.observation;

import dev.railiance.contract.Gate;
import dev.railiance.contract.value.TrackQuery;
import dev.railiance.effect.Deployer;
import dev.railiance.effect.MetricSource;
import dev.railiance.effect.MetricSource.Answer;
import dev.railiance.effect.ReleasePods;
import dev.railiance.failure.Outcome;
import dev.railiance.gate.Judge;
import dev.railiance.gate.Observation;
import dev.railiance.gate.Observation.Compared;
import dev.railiance.gate.Observation.Sampled;
import dev.railiance.gate.Samples;
import dev.railiance.gate.Samples.Condition;
import dev.railiance.gate.Window;
import dev.railiance.process.Cancellation;
import dev.railiance.promotion.GateEvaluation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at gates, each when it is due, and judges what it sees. Records nothing. Used by one thread. */
public final class GateObserver {

    private final InstantSource clock;
    private final Deployer deployer;
    private final Optional<MetricSource> metrics;
    private final Programs programs;

    /**
     * Looks at nothing yet.
     *
     * @param metrics where queries are asked; without it every gate that queries holds
     * @param programs runs what gates declare
     */
    public GateObserver(InstantSource clock, Deployer deployer, Optional<MetricSource> metrics, Programs programs) {
        this.clock = clock;
        this.deployer = deployer;
        this.metrics = metrics;
        this.programs = programs;
    }

    /** One look at each gate that is due, in their order; fewer where it was cancelled. */
    public List<GateEvaluation> look(Question question, Cancellation cancellation) {
        var looks = new ArrayList<GateEvaluation>();
        for (Gate gate : question.gates()) {
            var pace = new Pace(gate, question);
            if (now().isBefore(pace.due())) {
                continue;
            }
            Seen seen = seen(gate, question, cancellation);
            if (cancellation.isCancelled()) {
                // What was cut short says nothing.
                return looks;
            }
            looks.add(noted(Judge.judge(gate, seen.observation(), seen.window(), pace.next()), seen.note()));
        }
        return looks;
    }

    /** When the next look at a gate is due; {@link Instant#MAX} where all are taken. */
    public static Instant due(Gate gate, Question question) {
        return new Pace(gate, question).due();
    }

    /**
     * What was seen.
     *
     * @param note why there is no more to be seen, where that is known
     */
    private record Seen(Observation observation, Window window, Optional<String> note) {}

    /** The note comes first: the circumstances at the end of a reason are read again. */
    private static GateEvaluation noted(GateEvaluation look, Optional<String> note) {
        return note.isEmpty()
                ? look
                : new GateEvaluation(
                        look.gate(),
                        look.verdict(),
                        note.get() + ": " + look.reason(),
                        look.query(),
                        look.from(),
                        look.to(),
                        look.stable(),
                        look.canary(),
                        look.digest());
    }

    private Seen seen(Gate gate, Question question, Cancellation cancellation) {
        Instant begun = now();
        return switch (gate) {
            case Gate.Metric metric -> metric(metric, question, cancellation);
            case Gate.Compare compare -> compare(compare, question, cancellation);
            case Gate.Http http -> until(begun, programs.exchanges(http, cancellation), Optional.empty());
            case Gate.Command command ->
                until(begun, programs.end(command, question.release(), cancellation), Optional.empty());
            case Gate.Rollout rollout -> pods(question, begun, true);
            case Gate.Pods pods -> pods(question, begun, false);
        };
    }

    private Seen until(Instant begun, Observation observation, Optional<String> note) {
        Instant now = now();
        return new Seen(observation, new Window(begun, now.isBefore(begun) ? begun : now), note);
    }

    private Seen pods(Question question, Instant begun, boolean rollout) {
        Outcome<ReleasePods> asked = deployer.pods(question.release());
        Duration running = Duration.between(question.since(), begun);
        Observation seen = switch (asked) {
            case Outcome.Done<ReleasePods> done ->
                rollout ? ClusterFacts.rollout(done.value(), running) : ClusterFacts.pods(done.value());
            // Nothing is wanted, nothing is there: both judges hold.
            case Outcome.NotDone<ReleasePods> not ->
                rollout
                        ? new Observation.RolloutProgress(0, 0, 0, Duration.ZERO, Optional.empty())
                        : new Observation.PodStates(List.of());
        };
        return until(
                begun,
                seen,
                asked instanceof Outcome.NotDone<ReleasePods> not
                        ? Optional.of(not.failure().message())
                        : Optional.empty());
    }

    private Seen metric(Gate.Metric gate, Question question, Cancellation cancellation) {
        var window = SampleWindow.of(
                question.since(),
                now(),
                gate.sampling().interval(),
                gate.sampling().samples());
        Answer answer = asked(gate.query(), question.track(), window, cancellation);
        return new Seen(
                new Sampled(samples(answer, window, SampleWindow.begin(answer))), window.window(), note(answer));
    }

    /** The samples of both versions from where both have numbers. */
    private Seen compare(Gate.Compare gate, Question question, Cancellation cancellation) {
        var window = SampleWindow.of(question.since(), now(), gate.sampling().interval(), Pace.most(gate));
        Answer canary = asked(gate.query(), Question.CANARY, window, cancellation);
        Answer stable = asked(gate.query(), Question.STABLE, window, cancellation);
        Instant one = SampleWindow.begin(canary);
        Instant other = SampleWindow.begin(stable);
        Instant begin = one.isAfter(other) ? one : other;
        return new Seen(
                new Compared(samples(stable, window, begin), samples(canary, window, begin)),
                window.window(),
                note(canary)
                        .map(why -> Question.CANARY + ": " + why)
                        .or(() -> note(stable).map(why -> Question.STABLE + ": " + why)));
    }

    private Answer asked(String query, String track, SampleWindow window, Cancellation cancellation) {
        return metrics.map(source -> source.range(window.asking(TrackQuery.of(query, track)), cancellation))
                .orElseGet(() -> new Answer.Unanswered(new MetricSource.Reason.NoAddress()));
    }

    private static Samples samples(Answer answer, SampleWindow window, Instant begin) {
        return switch (answer) {
            case Answer.Samples samples -> window.samples(samples, begin);
            case Answer.Unanswered unanswered ->
                new Samples(
                        List.of(),
                        unanswered.reason() instanceof MetricSource.Reason.NoData
                                ? Condition.WHOLE
                                : Condition.UNAVAILABLE);
        };
    }

    private static Optional<String> note(Answer answer) {
        return answer instanceof Answer.Unanswered(MetricSource.Reason reason)
                ? Optional.of(SampleWindow.words(reason))
                : Optional.empty();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
