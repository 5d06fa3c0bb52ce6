package dev.railiance.gate.file;

import dev.railiance.contract.AppContract;
import dev.railiance.contract.Gate;
import dev.railiance.contract.fault.Similar;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.gate.Judge;
import dev.railiance.gate.Look;
import dev.railiance.gate.Observation.Compared;
import dev.railiance.gate.Observation.Sampled;
import dev.railiance.gate.Window;
import dev.railiance.promotion.GateEvaluation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A gate judged by samples from files: {@code railiance.gate-try-result.v1}.
 *
 * @param schema {@link #SCHEMA}
 * @param gate its name in the contract
 * @param kind {@code metric} or {@code compare}
 * @param verdict {@code pass}, {@code fail} or {@code hold}
 * @param reason the judge's words and numbers
 * @param looks how many were planned
 * @param falsePositiveRate over all of them
 * @param query the contract's
 * @param stableSamples how many there were
 * @param canarySamples how many there were
 * @param digest over query and samples; the window is not known and taken to be the beginning of 1970
 */
public record GateTry(
        String schema,
        String gate,
        String kind,
        String verdict,
        String reason,
        int looks,
        double falsePositiveRate,
        Optional<String> query,
        int stableSamples,
        int canarySamples,
        String digest) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.gate-try-result.v1";

    private static final Window UNKNOWN = new Window(Instant.EPOCH, Instant.EPOCH);
    private static final String HELP = "railiance help gate try";

    /**
     * Judges the gate of this name, of Stage 2 before one of Stage 3.
     *
     * @param baseline samples of the stable version; exactly for a compare gate
     * @param looks how many looks share the false-positive rate
     */
    public static Outcome<GateTry> of(
            AppContract contract, String name, Optional<Path> baseline, Path canary, int looks) {
        List<Gate> gates = Stream.concat(contract.stage2().gates().stream(), contract.stage3().gates().stream())
                .toList();
        Look look = Look.of(1, looks);
        return gates.stream()
                .filter(gate -> gate.name().equals(name))
                .findFirst()
                .map(gate -> judged(gate, baseline, canary, look))
                .orElseGet(() -> Outcome.notDone(unknown(name, gates)));
    }

    private static Outcome<GateTry> judged(Gate gate, Optional<Path> baseline, Path canary, Look look) {
        return switch (gate) {
            case Gate.Compare compare ->
                baseline.map(file -> SampleFile.read(file)
                                .then(stable -> SampleFile.read(canary)
                                        .then(samples -> done(
                                                "compare",
                                                Judge.judge(compare, new Compared(stable, samples), UNKNOWN, look),
                                                look))))
                        .orElseGet(() -> Outcome.notDone(new Failure(
                                Code.USAGE,
                                "a compare gate needs samples of the stable version: --baseline FILE",
                                HELP)));
            case Gate.Metric metric
            when baseline.isEmpty() ->
                SampleFile.read(canary)
                        .then(samples ->
                                done("metric", Judge.judge(metric, new Sampled(samples), UNKNOWN, look), look));
            case Gate.Metric metric ->
                Outcome.notDone(
                        new Failure(Code.USAGE, "a metric gate looks at the canary alone: leave out --baseline", HELP));
            default ->
                Outcome.notDone(new Failure(
                        Code.USAGE,
                        "gate \"" + gate.name() + "\" does not judge samples: only metric and compare do",
                        HELP));
        };
    }

    private static Outcome<GateTry> done(String kind, GateEvaluation seen, Look look) {
        return Outcome.done(new GateTry(
                SCHEMA,
                seen.gate(),
                kind,
                seen.verdict().name().toLowerCase(Locale.ROOT),
                seen.reason(),
                look.planned(),
                look.rate(),
                seen.query(),
                seen.stable().size(),
                seen.canary().size(),
                seen.digest().value()));
    }

    private static Failure unknown(String name, List<Gate> gates) {
        List<String> known = gates.stream().map(Gate::name).toList();
        return new Failure(
                Code.GATE_NOT_FOUND,
                "the contract has no gate \"" + name + "\""
                        + Similar.hint(name, known).map(near -> "; " + near).orElse(""),
                HELP);
    }
}
