package dev.railiance.benchmarks;

import dev.railiance.contract.Gate;
import dev.railiance.contract.Gate.Direction;
import dev.railiance.contract.Gate.NoData;
import dev.railiance.contract.Gate.Sampling;
import dev.railiance.contract.Gate.Stake;
import dev.railiance.gate.Judge;
import dev.railiance.gate.Look;
import dev.railiance.gate.Observation.Compared;
import dev.railiance.gate.Samples;
import dev.railiance.gate.Window;
import dev.railiance.promotion.GateEvaluation.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * How often the judge of a compare gate errs, and how often it finds what is there: {@code JudgeRates [runs]}. Seeds are fixed,
 * so that the same runs give the same figures.
 */
public final class JudgeRates {

    private static final long SEED = 20260105;
    private static final Window WINDOW = new Window(Instant.EPOCH, Instant.EPOCH);

    private final int runs;

    private JudgeRates(int runs) {
        this.runs = runs;
    }

    /** What a version's samples are drawn from; made anew for each version of each run. */
    private interface Source {
        ToDoubleFunction<Random> fresh();
    }

    /** How runs ended. */
    private record Ends(int fail, int pass, int hold) {}

    /** Prints the tables. */
    public static void main(String[] arguments) {
        var rates = new JudgeRates(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000);
        rates.alike();
        rates.worse();
    }

    private void alike() {
        System.out.printf(Locale.ROOT, "Alike versions, %,d runs, a look after every interval%n%n", runs);
        System.out.println("| Distribution | Looks × samples | FAIL | PASS | HOLD at the end |");
        System.out.println("|---|---|---|---|---|");
        for (int[] plan : new int[][] {{1, 20}, {10, 10}, {20, 5}}) {
            alike("normal", plan, plain(Random::nextGaussian));
            alike("lognormal, σ 1", plan, plain(random -> Math.exp(random.nextGaussian())));
            alike("heavy ties (0, 1, 2)", plan, plain(random -> random.nextInt(3)));
            alike("Poisson, mean 0.1", plan, plain(random -> poisson(random, 0.1)));
            alike("Poisson, mean 1", plan, plain(random -> poisson(random, 1)));
            alike("bursts: 0, or 1 to 100 in 5 %", plan, plain(JudgeRates::bursts));
            alike("autocorrelated 0.5 (breaks the premise)", plan, JudgeRates::correlated);
        }
    }

    private void alike(String name, int[] plan, Source source) {
        Ends ends = ends(source, source, plan[0], plan[1], 0);
        row(name, plan[0] + " × " + plan[1], ends);
    }

    private void worse() {
        System.out.printf(Locale.ROOT, "%nWorse canaries, %,d runs, 5 looks%n%n", runs / 10);
        System.out.println("| Canary | Samples in all | FAIL | PASS | HOLD at the end |");
        System.out.println("|---|---|---|---|---|");
        for (int samples : new int[] {20, 40, 60, 100}) {
            worse("mean 1 σ higher", samples, plain(Random::nextGaussian), plain(random -> random.nextGaussian() + 1));
        }
        for (int samples : new int[] {100, 200, 400, 800}) {
            worse(
                    "5 % of requests 10 × slower (lognormal, σ 0.5)",
                    samples,
                    plain(random -> Math.exp(random.nextGaussian() / 2)),
                    plain(random -> Math.exp(random.nextGaussian() / 2) * (random.nextInt(20) == 0 ? 10 : 1)));
        }
        for (int requests : new int[] {20, 100, 1000}) {
            for (int samples : new int[] {20, 40, 100}) {
                worse(
                        "errors 0.1 % → 1 %, " + requests + " requests a sample",
                        samples,
                        plain(random -> poisson(random, requests * 0.001)),
                        plain(random -> poisson(random, requests * 0.01)));
            }
        }
    }

    private void worse(String name, int samples, Source stable, Source canary) {
        row(name, String.valueOf(samples), new JudgeRates(runs / 10).ends(stable, canary, 5, samples / 5, 0));
    }

    private void row(String name, String size, Ends ends) {
        double all = ends.fail() + ends.pass() + ends.hold();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f %% | %.1f %% | %.1f %% |%n",
                name,
                size,
                100 * ends.fail() / all,
                100 * ends.pass() / all,
                100 * ends.hold() / all);
    }

    /** A run fails when one of its looks does, and passes when none fails and one passes. */
    private Ends ends(Source stable, Source canary, int looks, int perLook, double tolerance) {
        var gate = new Gate.Compare(
                "gate",
                new Stake(true, false, 1, false),
                "",
                Direction.LOWER_IS_BETTER,
                tolerance,
                new Sampling(1, Duration.ofSeconds(1), NoData.HOLD));
        var random = new Random(SEED);
        int fail = 0;
        int pass = 0;
        for (int run = 0; run < runs; run++) {
            var stableDraws = stable.fresh();
            var canaryDraws = canary.fresh();
            List<Double> stableSamples = new ArrayList<>();
            List<Double> canarySamples = new ArrayList<>();
            boolean failed = false;
            boolean passed = false;
            for (int look = 1; look <= looks && !failed; look++) {
                for (int i = 0; i < perLook; i++) {
                    stableSamples.add(stableDraws.applyAsDouble(random));
                    canarySamples.add(canaryDraws.applyAsDouble(random));
                }
                Result result = Judge.judge(
                                gate,
                                new Compared(Samples.of(stableSamples), Samples.of(canarySamples)),
                                WINDOW,
                                Look.of(look, looks))
                        .verdict();
                failed = result == Result.FAIL;
                passed |= result == Result.PASS;
            }
            fail += failed ? 1 : 0;
            pass += passed && !failed ? 1 : 0;
        }
        return new Ends(fail, pass, runs - fail - pass);
    }

    private static Source plain(ToDoubleFunction<Random> draw) {
        return () -> draw;
    }

    private static double poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    private static double bursts(Random random) {
        return random.nextInt(20) == 0 ? 1 + random.nextInt(100) : 0;
    }

    private static ToDoubleFunction<Random> correlated() {
        double[] last = {0};
        return random -> {
            last[0] = 0.5 * last[0] + random.nextGaussian();
            return last[0];
        };
    }
}
