package dev.railiance.stage2;

import dev.railiance.contract.Gate;
import dev.railiance.document.Json;
import dev.railiance.promotion.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Digests of the inputs that plans are made of: the same on every machine. */
public final class InputDigests {

    private InputDigests() {}

    /** Every file in the chart's directory, dependencies and their lock included; of a reference, the reference. */
    public static Digest chart(String chart) throws IOException {
        if (chart.startsWith("oci://")) {
            return Digest.ofParts("reference", chart);
        }
        Path root = Path.of(chart);
        List<String> parts = new ArrayList<>(List.of("files"));
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path file : paths.filter(Files::isRegularFile)
                    .sorted((one, other) -> name(root, one).compareTo(name(root, other)))
                    .toList()) {
                parts.add(name(root, file));
                parts.add(file(file).value());
            }
        }
        return Digest.ofParts(parts.toArray(String[]::new));
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** A file's bytes. */
    public static Digest file(Path file) throws IOException {
        return Digest.of(Files.readAllBytes(file));
    }

    /** How the traffic is divided, and in which steps. */
    public static Digest routing(CanaryDesign design) {
        var stage2 = design.contract().stage2();
        List<String> parts = new ArrayList<>(List.of(
                stage2.mode().name(), stage2.router().name(), stage2.host().orElse("")));
        stage2.steps()
                .forEach(step -> parts.addAll(
                        List.of(String.valueOf(step.weight()), step.hold().toString())));
        return Digest.ofParts(parts.toArray(String[]::new));
    }

    /** Gates in their order. */
    public static Digest gates(List<Gate> gates) {
        return Digest.ofParts(gates.stream()
                .flatMap(gate -> Stream.of(gate.getClass().getSimpleName(), Json.compact(gate)))
                .toArray(String[]::new));
    }
}
