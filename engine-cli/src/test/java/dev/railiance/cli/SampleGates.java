package dev.railiance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A repository whose contract has gates, with recorded samples beside it. */
final class SampleGates {

    private static final String CONTRACT = """
            schema = "railiance.app.v1"

            [app]
            name = "shop"

            [owner]
            team = "web"

            [stage1]

            [observability]
            prometheus = "http://prometheus.monitoring.svc:9090"

            [[stage2.gates]]
            name = "rollout"
            kind = "rollout"

            [[stage2.gates]]
            name = "latency"
            kind = "compare"
            query = "latency{track='$TRACK'}"

            [[stage2.gates]]
            name = "errors"
            kind = "metric"
            query = "errors"
            comparison = "<="
            limit = 0
            """;

    private SampleGates() {}

    static Path in(Path parent) throws IOException {
        Path repository = SampleRepository.with(parent, CONTRACT);
        Files.writeString(repository.resolve("old.json"), numbers(100));
        Files.writeString(repository.resolve("same.json"), numbers(101));
        Files.writeString(repository.resolve("slow.json"), numbers(130));
        Files.writeString(repository.resolve("zeros.json"), "[0, 0, 0, 0, 0, 0]");
        Files.writeString(repository.resolve("sparse.json"), "[0, 1, 2, 1, 0, 0]");
        Files.writeString(repository.resolve("range.json"), """
                {"status": "success", "data": {"resultType": "matrix", "result": [{"metric": {},
                 "values": [[1767607200, "0.1"], [1767607215, "NaN"], [1767607230, "0.2"]]}]}}
                """);
        return repository;
    }

    /** Twenty-four of them about a middle. */
    private static String numbers(int middle) {
        return IntStream.range(0, 24)
                .mapToObj(i -> String.valueOf(middle + (i * 7) % 11 - 5))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
