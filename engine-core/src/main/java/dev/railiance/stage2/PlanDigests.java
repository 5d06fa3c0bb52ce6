package dev.railiance.stage2;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Digests of all that determines what a deployment does. The same inputs give the same digests on every machine, with Helm or
 * without.
 *
 * @param plan over all the others
 * @param parts each by its name
 */
public record PlanDigests(Digest plan, SortedMap<String, Digest> parts) {

    public PlanDigests {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /**
     * Reads what lies in the repository.
     *
     * @param base the promotion in production that is deployed beside
     */
    public static Outcome<PlanDigests> of(
            CanaryDesign design, Digest artifact, Digest contract, Optional<PromotionId> base) {
        try {
            var parts = new TreeMap<String, Digest>();
            parts.put("artifact", artifact);
            parts.put("contract", contract);
            parts.put("chart", InputDigests.chart(design.chart()));
            parts.put("values", values(design));
            parts.put("routing", InputDigests.routing(design));
            parts.put("gates", InputDigests.gates(design.contract().stage2().gates()));
            parts.put("base", Digest.ofParts(base.map(PromotionId::value).orElse("none")));
            signers(design).ifPresent(digest -> parts.put("signers", digest));
            List<String> all = new ArrayList<>(List.of("plan.stage2.v1"));
            parts.forEach((name, digest) -> all.addAll(List.of(name, digest.value())));
            return Outcome.done(new PlanDigests(Digest.ofParts(all.toArray(String[]::new)), parts));
        } catch (IOException | UncheckedIOException e) {
            return Outcome.notDone(new Failure(
                    Code.SOURCE_UNAVAILABLE,
                    "a file of the chart, a values file or the list of signers cannot be read",
                    "railiance validate"));
        }
    }

    private static Digest values(CanaryDesign design) throws IOException {
        List<String> parts = new ArrayList<>();
        for (String file : Stream.concat(
                        design.deploy().values().stream(), design.contract().stage2().values().stream())
                .toList()) {
            parts.add(file);
            parts.add(InputDigests.file(design.repository().resolve(file)).value());
        }
        return Digest.ofParts(parts.toArray(String[]::new));
    }

    /** Who may sign is part of what is approved, where anybody must. */
    private static Optional<Digest> signers(CanaryDesign design) throws IOException {
        var approval = design.contract().approval();
        boolean signed = Stream.of(approval.stage2(), approval.stage3(), approval.rollback())
                .anyMatch(rule -> rule.signed() && rule.required() > 0);
        Path file = design.repository().resolve(approval.signers());
        return signed && Files.isRegularFile(file) ? Optional.of(InputDigests.file(file)) : Optional.empty();
    }
}
