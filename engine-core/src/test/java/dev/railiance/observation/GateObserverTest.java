package dev.railiance.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.railiance.contract.DeclaredCommand;
import dev.railiance.contract.Gate;
import dev.railiance.contract.Gate.Comparison;
import dev.railiance.contract.Gate.Direction;
import dev.railiance.contract.Gate.NoData;
import dev.railiance.contract.Gate.Sampling;
import dev.railiance.contract.Gate.Stake;
import dev.railiance.effect.MetricSource;
import dev.railiance.gate.Judge;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.GateEvaluation.Result;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which gates are looked at when, and what an answer of the world outside becomes. */
class GateObserverTest {

    private static final Instant SINCE = Instant.parse("2026-03-01T10:00:00Z");
    private static final Stake STAKE = new Stake(true, false, 1, false);
    private static final Sampling SAMPLING = new Sampling(6, Duration.ofSeconds(10), NoData.PASS);
    private static final Gate.Compare COMPARE =
            new Gate.Compare("latency", STAKE, "latency{track='$TRACK'}", Direction.LOWER_IS_BETTER, 0.1, SAMPLING);
    private static final Gate.Metric METRIC =
            new Gate.Metric("errors", STAKE, "errors{track='$TRACK'}", Comparison.LESS, 1, SAMPLING);

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();
    private final List<GateEvaluation> recorded = new ArrayList<>();
    private Instant now = SINCE;

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void aComparisonIsLookedAtFiveTimesAtEachWeightAndEachLookHasItsShare() {
        MetricSource source = answering(1);
        List<Long> seconds = new ArrayList<>();
        for (int second = 0; second <= 300; second++) {
            now = SINCE.plusSeconds(second);
            if (!looked(COMPARE, source, SINCE).isEmpty()) {
                seconds.add((long) second);
            }
        }
        assertEquals(List.of(20L, 40L, 60L, 80L, 100L), seconds);
        for (int look = 1; look <= 5; look++) {
            String reason = recorded.get(look - 1).reason();
            assertTrue(reason.endsWith("(look " + look + " of 10, rate 0.05, samples whole)"), reason);
            assertEquals(2 * look, recorded.get(look - 1).canary().size());
        }
        assertEquals(Instant.MAX, GateObserver.due(COMPARE, question(COMPARE, SINCE)));

        Instant next = SINCE.plusSeconds(400);
        now = next.plusSeconds(20);
        assertTrue(looked(COMPARE, source, next).getFirst().reason().contains("(look 6 of 10, "));
    }

    @Test
    void aLookAtSamplesThatAreNotWholeCostsNothing() {
        now = SINCE.plusSeconds(20);
        GateEvaluation first = looked(COMPARE, lacking(new MetricSource.Reason.Unreachable()), SINCE)
                .getFirst();
        assertEquals(Result.HOLD, first.verdict());
        assertTrue(first.reason().startsWith("canary: Prometheus cannot be reached: "), first.reason());
        assertEquals(List.of(), looked(COMPARE, answering(1), SINCE));
        now = SINCE.plusSeconds(30);
        assertTrue(looked(COMPARE, answering(1), SINCE)
                .getFirst()
                .reason()
                .contains("(look 1 of 10, rate 0.05, samples whole)"));
    }

    @Test
    void noDataIsWhatTheContractSaysAndNoAnswerNeverIs() {
        now = SINCE.plusSeconds(10);
        assertEquals(
                Result.PASS,
                looked(METRIC, lacking(new MetricSource.Reason.NoData()), SINCE)
                        .getFirst()
                        .verdict());
        for (MetricSource.Reason reason : List.of(
                new MetricSource.Reason.Unreachable(),
                new MetricSource.Reason.Refused(401),
                new MetricSource.Reason.SeveralSeries(3),
                new MetricSource.Reason.TimedOut(Duration.ofSeconds(1)))) {
            recorded.clear();
            assertEquals(
                    Result.HOLD,
                    looked(METRIC, lacking(reason), SINCE).getFirst().verdict(),
                    reason::toString);
        }
        recorded.clear();
        var observer = new GateObserver(() -> now, CLUSTERLESS, Optional.empty(), programs());
        assertEquals(
                Result.HOLD,
                observer.look(question(METRIC, SINCE), new Cancellation())
                        .getFirst()
                        .verdict());
    }

    @Test
    void aMetricIsLookedAtWhenThereIsANewSampleAndItsVerdictIsMadeAgainFromWhatIsRecorded() {
        MetricSource source = answering(0.5);
        now = SINCE.plusSeconds(9);
        assertEquals(List.of(), looked(METRIC, source, SINCE));
        now = SINCE.plusSeconds(10);
        assertEquals(Result.HOLD, looked(METRIC, source, SINCE).getFirst().verdict());
        now = SINCE.plusSeconds(19);
        assertEquals(List.of(), looked(METRIC, source, SINCE));
        now = SINCE.plusSeconds(200);
        GateEvaluation look = looked(METRIC, source, SINCE).getFirst();
        assertEquals(Result.PASS, look.verdict());
        assertEquals(6, look.canary().size());
        assertEquals(now, look.to());
        assertEquals(Optional.of(look), Judge.again(METRIC, look));
    }

    @Test
    void aSeriesThatBeganInTheWindowIsWholeAndOneWithAGapIsNot() {
        now = SINCE.plusSeconds(60);
        GateEvaluation begun =
                looked(METRIC, source(List.of(3, 4, 5, 6)), SINCE).getFirst();
        assertTrue(begun.reason().endsWith("samples whole)"), begun.reason());
        assertEquals(4, begun.canary().size());
        recorded.clear();
        for (List<Integer> steps : List.of(List.of(1, 2, 4, 5, 6), List.of(1, 2, 3, 4, 5))) {
            GateEvaluation broken = looked(METRIC, source(steps), SINCE).getFirst();
            assertTrue(broken.reason().endsWith("samples interrupted)"), broken.reason());
            assertEquals(Result.HOLD, broken.verdict());
            recorded.clear();
        }
    }

    @Test
    void whatIsNoNumberBeforeTheFirstRequestIsLeftOutAndLaterOnHoldsWithoutCost() {
        now = SINCE.plusSeconds(40);
        GateEvaluation look =
                looked(COMPARE, source(Double.NaN, Double.NaN, 1, 1), SINCE).getFirst();
        assertEquals(List.of(1.0, 1.0), look.canary());
        recorded.clear();
        GateEvaluation broken =
                looked(COMPARE, source(Double.NaN, 1, Double.NaN, 1), SINCE).getFirst();
        assertEquals(Result.HOLD, broken.verdict());
        assertEquals(3, broken.canary().size());
        now = SINCE.plusSeconds(50);
        assertTrue(looked(COMPARE, answering(1), SINCE).getFirst().reason().contains("(look 1 of 10, "));
        recorded.clear();
        now = SINCE.plusSeconds(20);
        assertEquals(
                Result.HOLD,
                looked(METRIC, source(Double.NaN, Double.NaN), SINCE).getFirst().verdict(),
                "no traffic is not no data");
    }

    @Test
    void requestsAndCommandsAreReal() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/good") ? 200 : 503, -1);
            exchange.close();
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            assertEquals(Result.PASS, once(http(base + "/good")).verdict());
            assertEquals(Result.FAIL, once(http(base + "/bad")).verdict());
        } finally {
            server.stop(0);
        }
        assertEquals(Result.FAIL, once(http("http://127.0.0.1:1/")).verdict());
        assertEquals(Result.PASS, once(command("true")).verdict());
        assertEquals(Result.FAIL, once(command("false")).verdict());
        assertEquals(Result.HOLD, once(command("no-such-program")).verdict());
        assertEquals(
                Result.PASS,
                once(command("sh", "-c", "test \"$RAILIANCE_RELEASE\" = shop-canary"))
                        .verdict());
    }

    private static Gate http(String url) {
        return new Gate.Http(
                "answers", STAKE, url, "GET", 200, Optional.empty(), 95, Optional.empty(), 3, Duration.ofSeconds(5));
    }

    private static Gate command(String... argv) {
        return new Gate.Command(
                "smoke", STAKE, new DeclaredCommand("smoke", List.of(argv), ".", Duration.ofSeconds(20), List.of()), 0);
    }

    private GateEvaluation once(Gate gate) {
        now = SINCE;
        return new GateObserver(() -> now, CLUSTERLESS, Optional.empty(), programs())
                .look(
                        new Question(List.of(gate), "shop-canary", Question.CANARY, SINCE, 1, List.of()),
                        new Cancellation())
                .getFirst();
    }

    private List<GateEvaluation> looked(Gate gate, MetricSource source, Instant since) {
        List<GateEvaluation> looks = new GateObserver(() -> now, CLUSTERLESS, Optional.of(source), programs())
                .look(question(gate, since), new Cancellation());
        recorded.addAll(looks);
        return looks;
    }

    private Question question(Gate gate, Instant since) {
        return new Question(List.of(gate), "shop-canary", Question.CANARY, since, 2, recorded);
    }

    private Programs programs() {
        return new Programs(processes, directory, System.getenv());
    }

    /** No gate of these tests looks at a cluster. */
    private static final dev.railiance.effect.Deployer CLUSTERLESS =
            (dev.railiance.effect.Deployer) Proxy.newProxyInstance(
                    GateObserverTest.class.getClassLoader(),
                    new Class<?>[] {dev.railiance.effect.Deployer.class},
                    (proxy, method, arguments) -> {
                        throw new AssertionError("asked for " + method.getName());
                    });

    /** A source with one series for each track, without a gap. */
    private static MetricSource answering(double value) {
        return new Source(range -> new MetricSource.Answer.Samples(
                LongStream.range(0, range.steps())
                        .mapToObj(step -> new MetricSource.Sample(
                                range.from().plus(range.step().multipliedBy(step)), value))
                        .toList(),
                new MetricSource.Continuity(0, MetricSource.Start.BEFORE_WINDOW, false)));
    }

    /** One whose series has samples at these whole intervals only. */
    private static MetricSource source(List<Integer> steps) {
        return new Source(range -> new MetricSource.Answer.Samples(
                steps.stream()
                        .map(step -> new MetricSource.Sample(SINCE.plusSeconds(10L * step), 0.5))
                        .toList(),
                new MetricSource.Continuity(range.steps() - steps.size(), MetricSource.Start.BEFORE_WINDOW, false)));
    }

    /** One whose series has these samples, at the first whole intervals. */
    private static MetricSource source(double... values) {
        return new Source(range -> new MetricSource.Answer.Samples(
                IntStream.range(0, values.length)
                        .mapToObj(step -> new MetricSource.Sample(SINCE.plusSeconds(10L * (step + 1)), values[step]))
                        .toList(),
                new MetricSource.Continuity(range.steps() - values.length, MetricSource.Start.BEFORE_WINDOW, false)));
    }

    private static MetricSource lacking(MetricSource.Reason reason) {
        return new Source(range -> new MetricSource.Answer.Unanswered(reason));
    }

    private record Source(java.util.function.Function<MetricSource.Range, MetricSource.Answer> answers)
            implements MetricSource {

        @Override
        public Answer range(Range range, Cancellation cancellation) {
            assertTrue(range.query().contains("track='canary'") || range.query().contains("track='stable'"));
            return answers.apply(range);
        }

        @Override
        public Answer instant(String query, Instant at, Cancellation cancellation) {
            throw new AssertionError("gates ask for windows");
        }
    }
}
