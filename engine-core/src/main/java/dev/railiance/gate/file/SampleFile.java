package dev.railiance.gate.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.gate.Samples;
import dev.railiance.gate.Samples.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples from a file: a JSON array of numbers, where {@code null} is a sample that is missing, or Prometheus' response to a
 * range query with one series. Anything else is a failure that names the file and says what it is.
 */
public final class SampleFile {

    /** The largest file that is read, in bytes. */
    static final int LARGEST = 16 << 20;

    /** The most samples that are judged: as many as a contract can ask for, and a margin. */
    static final int MOST = 20_000;

    private static final int DEEPEST = 20;

    /** A step longer than this many usual ones is a gap. */
    private static final double GAP = 1.5;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;

    private SampleFile(Path file) {
        this.file = file;
    }

    /** Reads the samples of one version. */
    public static Outcome<Samples> read(Path file) {
        return new SampleFile(file).samples();
    }

    private Outcome<Samples> samples() {
        byte[] bytes;
        try {
            if (!Files.isRegularFile(file)) {
                return refused(Files.exists(file) ? "is no regular file" : "does not exist");
            }
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(LARGEST + 1);
            }
        } catch (IOException e) {
            return refused("cannot be read");
        }
        if (bytes.length > LARGEST) {
            return refused("is larger than " + (LARGEST >> 20) + " MiB");
        }
        try {
            JsonNode root = MAPPER.readTree(bytes);
            return root.isArray() ? array(root) : response(root);
        } catch (JsonProcessingException e) {
            return refused("is no JSON"
                    + (e.getLocation() == null
                            ? ""
                            : " from line " + e.getLocation().getLineNr() + " on"));
        } catch (IOException e) {
            return refused("is no JSON");
        }
    }

    private Outcome<Samples> array(JsonNode root) {
        if (root.size() > MOST) {
            return tooMany(root.size());
        }
        var values = new ArrayList<Double>(root.size());
        var condition = Condition.WHOLE;
        for (int at = 0; at < root.size(); at++) {
            JsonNode value = root.get(at);
            if (value.isNull()) {
                condition = Condition.INTERRUPTED;
            } else if (value.isNumber()) {
                values.add(value.doubleValue());
            } else {
                return refused("has something else than a number in place " + (at + 1));
            }
        }
        return Outcome.done(new Samples(values, condition));
    }

    private Outcome<Samples> response(JsonNode root) {
        if (root.path("status").asText().equals("error")) {
            return refused("is an error that Prometheus answered with");
        }
        JsonNode data = root.path("data");
        if (!root.path("status").asText().equals("success")
                || !data.path("resultType").asText().equals("matrix")
                || !data.path("result").isArray()) {
            return refused("is neither an array of numbers nor Prometheus' response to a range query");
        }
        JsonNode series = data.path("result");
        if (series.size() > 1) {
            return refused("has " + series.size() + " series; a gate judges one: aggregate them, as with sum(…)");
        }
        return series.isEmpty()
                ? Outcome.done(Samples.of(List.of()))
                : points(series.get(0).path("values"));
    }

    private Outcome<Samples> points(JsonNode points) {
        if (!points.isArray()) {
            return refused("has a series without values (native histograms are not judged)");
        }
        if (points.size() > MOST) {
            return tooMany(points.size());
        }
        var values = new ArrayList<Double>(points.size());
        double shortest = Double.POSITIVE_INFINITY;
        double longest = 0;
        for (int at = 0; at < points.size(); at++) {
            JsonNode point = points.get(at);
            if (point.size() != 2 || !point.path(0).isNumber() || !point.path(1).isTextual()) {
                return refused("has something else than a time and a value in place " + (at + 1));
            }
            try {
                values.add(value(point.get(1).textValue()));
            } catch (NumberFormatException e) {
                return refused("has a value that is no number in place " + (at + 1));
            }
            if (at > 0) {
                double step =
                        point.get(0).doubleValue() - points.get(at - 1).get(0).doubleValue();
                if (!(step > 0)) {
                    return refused("has a time in place " + (at + 1) + " that is not after the one before");
                }
                shortest = Math.min(shortest, step);
                longest = Math.max(longest, step);
            }
        }
        return Outcome.done(new Samples(values, longest > shortest * GAP ? Condition.INTERRUPTED : Condition.WHOLE));
    }

    private static double value(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private Outcome<Samples> tooMany(int count) {
        return refused("has " + count + " samples, at most " + MOST + " are judged");
    }

    private Outcome<Samples> refused(String what) {
        return Outcome.notDone(new Failure(Code.SAMPLES_INVALID, file + " " + what, "railiance help gate try"));
    }
}
