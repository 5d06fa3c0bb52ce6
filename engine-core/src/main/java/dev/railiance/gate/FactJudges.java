package dev.railiance.gate;

import static dev.railiance.gate.Ruling.number;

import dev.railiance.contract.Gate;
import dev.railiance.gate.Observation.Pod;
import dev.railiance.gate.Observation.PodStates;
import dev.railiance.gate.Observation.RolloutProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Judges of what can be counted: requests, pods, an exit code. */
final class FactJudges {

    /** How many numbers stand for a rollout. */
    static final int ROLLOUT_NUMBERS = 5;

    private FactJudges() {}

    static Ruling http(Gate.Http gate, Samples exchanges) {
        double[] sorted = exchanges.sorted(false);
        if (sorted.length == 0) {
            return Ruling.hold("no request was sent");
        }
        long unanswered = count(sorted, Observation.NO_ANSWER);
        long status = count(sorted, Observation.WRONG_STATUS);
        long body = count(sorted, Observation.WRONG_BODY);
        if (unanswered + status + body > 0) {
            return Ruling.fail("of " + sorted.length + " requests " + unanswered + " without an answer, " + status
                    + " with another status than " + gate.status() + ", " + body + " without the text wanted");
        }
        if (sorted.length < gate.requests()) {
            return Ruling.hold(
                    sorted.length + " of " + gate.requests() + " requests were sent, all answered as wanted");
        }
        // The nearest rank: the smallest latency that so many percent do not exceed.
        int rank = Math.max(1, (int) Math.ceil(sorted.length * (gate.percentile() / 100.0)));
        double latency = sorted[rank - 1];
        String said = "latency " + number(latency) + " ms at the " + gate.percentile() + "th percentile of "
                + sorted.length + " requests";
        if (gate.maxLatency().isPresent() && latency > gate.maxLatency().get().toNanos() / 1e6) {
            return Ruling.fail(said + ", at most " + gate.maxLatency().get().toMillis() + " ms allowed");
        }
        return Ruling.pass("all answered as wanted; " + said);
    }

    private static long count(double[] values, double code) {
        return Arrays.stream(values).filter(value -> value == code).count();
    }

    static Ruling rollout(Gate.Rollout gate, RolloutProgress seen) {
        String said = seen.ready() + " of " + seen.desired() + " pods are ready, " + seen.updated()
                + " of the new revision, after " + seen.running().toSeconds() + " s";
        if (seen.stuck().isPresent()) {
            return Ruling.fail("the rollout is stuck: " + seen.stuck().get() + "; " + said);
        }
        if (seen.desired() < 1) {
            return Ruling.hold("no pod is wanted");
        }
        if (seen.updated() >= seen.desired() && seen.ready() >= seen.desired()) {
            return Ruling.pass(said);
        }
        return seen.running().compareTo(gate.timeout()) > 0
                ? Ruling.fail(said + ", at most " + gate.timeout().toSeconds() + " s allowed")
                : Ruling.hold(said);
    }

    static Ruling pods(Gate.Pods gate, PodStates seen) {
        List<Pod> pods = seen.pods();
        if (pods.isEmpty()) {
            return Ruling.hold("there is no pod");
        }
        for (Pod pod : pods) {
            if (pod.hopeless().isPresent() && !pod.ready()) {
                return Ruling.fail("pod " + pod.name() + " will not become ready: "
                        + pod.hopeless().get());
            }
            if (pod.restarts() > gate.maxRestarts()) {
                return Ruling.fail("pod " + pod.name() + " has restarted " + pod.restarts() + " times, at most "
                        + gate.maxRestarts() + " allowed");
            }
        }
        long ready = pods.stream().filter(Pod::ready).count();
        String said = ready + " of " + pods.size() + " pods are ready, none restarted more than " + gate.maxRestarts()
                + " times";
        return ready < pods.size() ? Ruling.hold(said) : Ruling.pass(said);
    }

    static Ruling command(Gate.Command gate, Samples exitCode) {
        if (exitCode.isEmpty()) {
            return Ruling.hold("the command could not be carried out or did not end in time");
        }
        double code = exitCode.values().getFirst();
        String said = "exit code " + number(code);
        return code == gate.exitCode() ? Ruling.pass(said) : Ruling.fail(said + ", expected " + gate.exitCode());
    }

    /** What the ledger's numbers say about a rollout. */
    static RolloutProgress rollout(List<Double> numbers) {
        return new RolloutProgress(
                numbers.get(0).intValue(),
                numbers.get(1).intValue(),
                numbers.get(2).intValue(),
                Duration.ofSeconds(numbers.get(3).longValue()),
                numbers.get(4) == 0 ? Optional.empty() : Optional.of("as recorded"));
    }

    /** What they say about pods, whose names they do not hold. */
    static PodStates pods(List<Double> numbers) {
        var pods = new ArrayList<Pod>();
        for (int at = 0; at + 1 < numbers.size(); at += 2) {
            pods.add(new Pod(
                    "number " + (at / 2 + 1),
                    numbers.get(at) == 1,
                    numbers.get(at + 1).intValue(),
                    numbers.get(at) < 0 ? Optional.of("as recorded") : Optional.empty()));
        }
        return new PodStates(pods);
    }
}
