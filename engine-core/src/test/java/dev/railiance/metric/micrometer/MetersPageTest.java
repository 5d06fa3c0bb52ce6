package dev.railiance.metric.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.metric.Measurement;
import dev.railiance.metric.Measurement.AppendOutcome;
import dev.railiance.metric.Measurement.CommandOutcome;
import dev.railiance.promotion.Refusal;
import dev.railiance.promotion.Trigger;
import dev.railiance.promotion.Verdict;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page lists every meter, and its snippet is the one that is compiled. */
class MetersPageTest {

    private static final Path PAGE = Path.of("..", "docs", "ledger.md");
    private static final Path EXAMPLE = Path.of(
            "..",
            "examples",
            "embedding",
            "src",
            "main",
            "java",
            "dev",
            "railiance",
            "examples",
            "MeasuredStageOne.java");

    @Test
    void publishedMetersAreThoseThatThereAre() throws IOException {
        String page = Files.readString(PAGE);
        meters().forEach((meter, values) -> {
            String row = page.lines()
                    .filter(line -> line.startsWith("| " + meter + " |"))
                    .findFirst()
                    .orElse("no row for " + meter);
            for (String tag : values) {
                assertTrue(row.contains(tag), () -> row + " lacks " + tag);
            }
        });
        assertEquals(
                meters().size(),
                page.lines().filter(line -> line.startsWith("| `railiance.")).count());
    }

    @Test
    void theSnippetIsPartOfTheExample() throws IOException {
        String page = Files.readString(PAGE);
        String snippet = page.substring(page.indexOf("```java\n") + 8);
        String example = lines(Files.readString(EXAMPLE));

        assertTrue(example.contains(lines(snippet.substring(0, snippet.indexOf("```")))), example);
    }

    private static String lines(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    /** Name and type of each meter in the form of the page, with its tags; the values of short ones too. */
    private static Map<String, Set<String>> meters() {
        var registry = new SimpleMeterRegistry();
        var metrics = new MicrometerMetrics(registry);
        everything().forEach(metrics::record);
        var meters = new TreeMap<String, Set<String>>();
        registry.forEachMeter(meter ->
                meters.computeIfAbsent(row(meter), row -> new TreeSet<>()).addAll(tags(meter)));
        return meters;
    }

    private static String row(Meter meter) {
        return "`" + meter.getId().getName() + "` | "
                + meter.getId().getType().name().toLowerCase(Locale.ROOT);
    }

    private static List<String> tags(Meter meter) {
        var tags = new ArrayList<String>();
        for (Tag tag : meter.getId().getTags()) {
            tags.add("`" + tag.getKey() + "`");
            if (!List.of("command", "code").contains(tag.getKey())) {
                tags.add("`" + tag.getValue() + "`");
            }
        }
        return tags;
    }

    private static List<Measurement> everything() {
        var all = new ArrayList<Measurement>();
        Duration took = Duration.ofMillis(1);
        for (Trigger trigger : Trigger.values()) {
            for (CommandOutcome outcome : CommandOutcome.values()) {
                Optional<Refusal.Code> code = outcome == CommandOutcome.REFUSED
                        ? Optional.of(Refusal.Code.ILLEGAL_TRANSITION)
                        : Optional.empty();
                all.add(new Measurement.Command(trigger, outcome, code, took));
            }
        }
        Arrays.stream(AppendOutcome.values()).forEach(outcome -> all.add(new Measurement.Append(outcome, took)));
        Arrays.stream(Verdict.values()).forEach(verdict -> all.add(new Measurement.Run(Optional.of(verdict), took)));
        all.add(new Measurement.Run(Optional.empty(), took));
        all.add(new Measurement.Query(true, took));
        all.add(new Measurement.Query(false, took));
        return all;
    }
}
