package dev.railiance.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.effect.MetricSource.Sample;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what Prometheus answers; empty where it is anything else. */
final class PrometheusAnswer {

    /** Real answers are five levels deep. */
    private static final int DEPTH = 32;

    private static final JsonMapper READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private PrometheusAnswer() {}

    /**
     * The result of a query.
     *
     * @param series the samples of each
     * @param warned whether Prometheus warns about its answer; what it calls infos is about the query and no warning
     */
    record Result(List<List<Sample>> series, boolean warned) {}

    static Optional<Result> result(String body) {
        return data(body).flatMap(root -> {
            JsonNode data = root.path("data");
            JsonNode result = data.path("result");
            boolean warned = !root.path("warnings").isEmpty();
            try {
                return switch (data.path("resultType").asText()) {
                    case "matrix" -> Optional.of(new Result(series(result, "values"), warned));
                    case "vector" -> Optional.of(new Result(series(result, "value"), warned));
                    case "scalar" -> Optional.of(new Result(List.of(List.of(sample(result))), warned));
                    default -> Optional.empty();
                };
            } catch (ArithmeticException | DateTimeException | IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    /** When the server was started, from the answer of {@code /api/v1/status/runtimeinfo}. */
    static Optional<Instant> start(String body) {
        return data(body).flatMap(root -> {
            try {
                return Optional.of(
                        OffsetDateTime.parse(root.path("data").path("startTime").asText())
                                .toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<JsonNode> data(String body) {
        try {
            JsonNode root = READER.readTree(body);
            return root != null && root.path("status").asText().equals("success")
                    ? Optional.of(root)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<List<Sample>> series(JsonNode result, String member) {
        require(result.isArray());
        List<List<Sample>> series = new ArrayList<>();
        for (JsonNode one : result) {
            JsonNode values = one.path(member);
            require(values.isArray() && !values.isEmpty());
            List<Sample> samples = new ArrayList<>();
            if (member.equals("value")) {
                samples.add(sample(values));
            } else {
                values.forEach(value -> samples.add(sample(value)));
            }
            series.add(samples);
        }
        return series;
    }

    private static Sample sample(JsonNode pair) {
        require(pair.isArray()
                && pair.size() == 2
                && pair.path(0).isNumber()
                && pair.path(1).isTextual());
        BigDecimal seconds = pair.path(0).decimalValue();
        require(Math.abs(seconds.doubleValue()) < 1e12 && seconds.scale() < 100);
        return new Sample(
                Instant.ofEpochMilli(seconds.movePointRight(3).longValue()),
                value(pair.path(1).asText()));
    }

    private static double value(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not an answer of Prometheus");
        }
    }
}
