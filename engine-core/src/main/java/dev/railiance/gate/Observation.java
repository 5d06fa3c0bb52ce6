package dev.railiance.gate;

import dev.railiance.gate.Samples.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What was seen at a gate. Each kind has a form in numbers, which is what the ledger keeps and the judges judge. */
public sealed interface Observation {

    /** The form of {@link Exchanges} where nothing came back. */
    double NO_ANSWER = -1;
    /** An answer with another status than the one wanted. */
    double WRONG_STATUS = -2;
    /** An answer without the text wanted. */
    double WRONG_BODY = -3;

    /** The numbers that the ledger keeps for the canary. */
    Samples canary();

    /** Those for the stable version, where there are any. */
    default Samples stable() {
        return Samples.of(List.of());
    }

    /** Samples of the canary, for a metric gate. */
    record Sampled(Samples canary) implements Observation {}

    /** Samples of both versions, for a compare gate. */
    record Compared(Samples stable, Samples canary) implements Observation {}

    /** HTTP requests that were sent. In numbers: milliseconds each, or which of the three ways it failed in. */
    record Exchanges(List<Exchange> exchanges) implements Observation {

        public Exchanges {
            exchanges = List.copyOf(exchanges);
        }

        @Override
        public Samples canary() {
            return Samples.of(exchanges.stream().map(Exchange::number).toList());
        }
    }

    /** Requests as the ledger remembers them: the numbers alone. */
    record Remembered(List<Double> numbers) implements Observation {

        public Remembered {
            numbers = List.copyOf(numbers);
        }

        @Override
        public Samples canary() {
            return Samples.of(numbers);
        }
    }

    /**
     * One request.
     *
     * @param answered whether an answer came in time
     * @param statusRight whether it had the status wanted
     * @param bodyRight whether it had the text wanted
     * @param latency until the answer was complete; not negative
     */
    record Exchange(boolean answered, boolean statusRight, boolean bodyRight, Duration latency) {

        double number() {
            if (!answered) {
                return NO_ANSWER;
            }
            if (!statusRight) {
                return WRONG_STATUS;
            }
            return bodyRight ? latency.toNanos() / 1e6 : WRONG_BODY;
        }
    }

    /**
     * How far a rollout is. In numbers: desired, updated, ready, seconds, and 1 where it is stuck.
     *
     * @param desired pods wanted
     * @param updated pods of the new revision
     * @param ready of those
     * @param running since it began
     * @param stuck why the cluster has given it up, where it has
     */
    record RolloutProgress(int desired, int updated, int ready, Duration running, Optional<String> stuck)
            implements Observation {

        @Override
        public Samples canary() {
            return Samples.of(List.of(
                    (double) desired,
                    (double) updated,
                    (double) ready,
                    (double) running.toSeconds(),
                    stuck.isPresent() ? 1.0 : 0.0));
        }
    }

    /** The canary's pods. In numbers, for each: 1 ready, 0 not yet, -1 without hope; and its restarts. */
    record PodStates(List<Pod> pods) implements Observation {

        public PodStates {
            pods = List.copyOf(pods);
        }

        @Override
        public Samples canary() {
            return Samples.of(pods.stream()
                    .flatMap(pod -> Stream.of(pod.number(), (double) pod.restarts()))
                    .toList());
        }
    }

    /**
     * One pod.
     *
     * @param hopeless the reason for which it will not become ready by itself, such as {@code ImagePullBackOff}
     */
    record Pod(String name, boolean ready, int restarts, Optional<String> hopeless) {

        double number() {
            if (ready) {
                return 1;
            }
            return hopeless.isPresent() ? -1 : 0;
        }
    }

    /** A command that ended, or one that could not be carried out or did not end in time. In numbers: its exit code. */
    record CommandEnd(OptionalInt exitCode) implements Observation {

        @Override
        public Samples canary() {
            return Samples.of(exitCode.isPresent() ? List.of((double) exitCode.getAsInt()) : List.of());
        }
    }

    /** What is known about the numbers as a whole. */
    default Condition condition() {
        return Samples.worse(stable().condition(), canary().condition());
    }
}
