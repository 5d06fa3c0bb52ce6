package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.cli.output.Format;
import dev.railiance.cli.output.ObserveView;
import dev.railiance.cli.output.Reply;
import dev.railiance.cli.output.Terminal;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.projection.Rendered;
import dev.railiance.projection.Stage2ObserveResult;
import dev.railiance.projection.Stage2ObserveResult.Pod;
import dev.railiance.projection.Stage2ObserveResult.Pods;
import dev.railiance.projection.Stage2ObserveResult.Release;
import dev.railiance.projection.Stage2ObserveResult.Routing;
import dev.railiance.projection.Stage2ObserveResult.Seen;
import dev.railiance.projection.Stage2ObserveResult.Target;
import dev.railiance.promotion.TrafficShare;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A canary and its gates, as a person sees them in 80 columns; {@code -Dgolden.update=true} writes the files anew. */
class ObserveViewTest {

    private static final String ID = "01900000-0000-7000-8000-000000000001";
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");
    private static final Terminal BARE = new Terminal(true, true, 80, false, false, false);
    private static final Terminal RICH = new Terminal(true, true, 80, true, true, true);

    @Test
    void aCanaryIsSeenBesideStableWithALineForEachMetric() throws IOException {
        assertGolden("observe-view", ObserveView.of(observed("waiting"), reply(new ByteArrayOutputStream(), RICH)));
        assertGolden(
                "observe-plain-view", ObserveView.of(observed("waiting"), reply(new ByteArrayOutputStream(), BARE)));
    }

    @Test
    void aWatchTakesItsViewBackOnATerminalAndSaysEachChangeOnceElsewhere() {
        var terminal = new ByteArrayOutputStream();
        var watch = new ObserveView.Watch(reply(terminal, RICH));
        watch.show(observed("waiting"));
        int first = terminal.toString(StandardCharsets.UTF_8).length();
        watch.show(observed("waiting"));
        String second = terminal.toString(StandardCharsets.UTF_8).substring(first);
        long lines = ObserveView.of(observed("waiting"), reply(new ByteArrayOutputStream(), RICH))
                .lines()
                .count();
        assertTrue(second.startsWith("\u001b[" + lines + "A\u001b[J"), second);

        var pipe = new ByteArrayOutputStream();
        var quiet = new ObserveView.Watch(reply(pipe, Terminal.NONE));
        quiet.show(observed("waiting"));
        quiet.show(observed("waiting"));
        quiet.show(new Failure(Code.CLUSTER_UNREACHABLE, "the API server cannot be reached", ""));
        quiet.show(observed("passed"));
        quiet.end();
        assertEquals(3, pipe.toString(StandardCharsets.UTF_8).lines().count(), pipe::toString);
    }

    private static Stage2ObserveResult observed(String outcome) {
        return new Stage2ObserveResult(
                Stage2ObserveResult.SCHEMA,
                ID,
                "shop",
                "production",
                2,
                "live",
                "canary-deployed",
                outcome,
                Optional.of("not passed yet: latency"),
                "ada",
                AT,
                AT.plusSeconds(2),
                2_000,
                DIGEST,
                DIGEST,
                "shop",
                new Routing(
                        "weighted",
                        "replicas",
                        25,
                        Optional.of(TrafficShare.ofPods(1, 3)),
                        Optional.of(AT.plusSeconds(600))),
                Optional.of(new Release("shop-canary", "deployed", Optional.of(2))),
                Optional.of(new Pods(
                        1,
                        1,
                        0,
                        List.of(new Pod("shop-canary-5f7c-x2x9k", false, 3, Optional.of("CrashLoopBackOff"))))),
                Optional.of(new Pods(3, 3, 3, List.of(new Pod("shop-84c6-aaaaa", true, 0, Optional.empty())))),
                List.of(
                        new Target(
                                "pods",
                                "pods",
                                true,
                                false,
                                Optional.empty(),
                                seen("pass", "1 of 1 pods are ready", List.of(), List.of(1.0, 0.0)),
                                Optional.of(AT.plusSeconds(10))),
                        new Target(
                                "latency",
                                "compare",
                                true,
                                false,
                                Optional.of("latency{track='$TRACK'}"),
                                seen(
                                        "hold",
                                        "few samples: 8 of the 20 that the contract asks for; median 0.13 against 0.12,"
                                                + " tolerance 10 %, effect 0.52 (look 1 of 10, rate 0.05, samples whole)",
                                        List.of(0.12, 0.11, 0.13, 0.12, 0.12, 0.11, 0.12, 0.12),
                                        List.of(0.13, 0.12, 0.5, Double.NaN, 0.13, 0.12, 0.14, 0.13)),
                                Optional.of(AT.plusSeconds(90))),
                        new Target(
                                "saturation",
                                "metric",
                                false,
                                true,
                                Optional.of("cpu{track='$TRACK'}"),
                                Optional.empty(),
                                Optional.of(AT.plusSeconds(30)))),
                Optional.empty(),
                new Rendered.NextStep("railiance observe " + ID + " --watch", "looks until the gates have decided"));
    }

    private static Optional<Seen> seen(String verdict, String reason, List<Double> stable, List<Double> canary) {
        return Optional.of(new Seen(verdict, reason, AT.minusSeconds(80), AT, stable, canary, DIGEST));
    }

    private static Reply reply(ByteArrayOutputStream err, Terminal terminal) {
        return new Reply(new ByteArrayOutputStream(), err, terminal, Format.TEXT);
    }

    private static void assertGolden(String name, String text) throws IOException {
        Path file = Path.of("src/test/resources/golden", name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
    }
}
