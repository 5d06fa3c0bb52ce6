package dev.railiance.stage3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventCodec;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionId;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.InputDigests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that determines what a plan does, each part by its digest. The plan's digest is the digest of {@link #document()}: who
 * keeps the document under it can say later which part is another one.
 *
 * @param plan what it is the plan of: {@code stage3} or {@code rollback}
 */
public record PlanParts(String plan, SortedMap<String, Digest> parts) {

    private static final String SCHEMA = "railiance.plan-parts.v1";

    public PlanParts {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /**
     * The parts of a promotion to production, as they lie in the repository.
     *
     * @param base the promotion in production that is replaced
     */
    public static Outcome<PlanParts> ofPromotion(
            CanaryDesign design, Digest artifact, Digest contract, Optional<PromotionId> base) {
        try {
            var parts = new TreeMap<String, Digest>();
            parts.put("artifact", artifact);
            parts.put("contract", contract);
            parts.put("chart", InputDigests.chart(design.chart()));
            for (String file : Stream.concat(
                            design.deploy().values().stream(), design.contract().stage3().values().stream())
                    .toList()) {
                parts.put(
                        "values file " + file,
                        InputDigests.file(design.repository().resolve(file)));
            }
            parts.put("routing", InputDigests.routing(design));
            parts.put("gates", InputDigests.gates(design.contract().stage3().gates()));
            parts.put("base", Digest.ofParts(base.map(PromotionId::value).orElse("none")));
            Path signers =
                    design.repository().resolve(design.contract().approval().signers());
            if (Files.isRegularFile(signers)) {
                parts.put("signers", InputDigests.file(signers));
            }
            return Outcome.done(new PlanParts("stage3", parts));
        } catch (IOException | UncheckedIOException e) {
            return Outcome.notDone(new Failure(
                    Code.SOURCE_UNAVAILABLE,
                    "a file of the chart, a values file or the list of signers cannot be read",
                    "railiance validate"));
        }
    }

    /** The parts of a rollback to a recorded state. */
    public static PlanParts ofRollback(
            PromotionId promotion, Digest contract, Optional<PreviousRelease.Target> target) {
        var parts = new TreeMap<String, Digest>();
        parts.put("promotion", Digest.ofParts(promotion.value()));
        parts.put("contract", contract);
        target.ifPresent(to -> {
            parts.put("revision", Digest.ofParts(String.valueOf(to.revision())));
            to.manifests().ifPresent(digest -> parts.put("manifests", digest));
        });
        return new PlanParts("rollback", parts);
    }

    /** As it is kept: canonical JSON (RFC 8785), so that the same parts give the same bytes. */
    public String document() {
        var digests = new TreeMap<String, String>();
        parts.forEach((name, digest) -> digests.put(name, digest.value()));
        return EventCodec.canonical(Json.compact(Map.of("schema", SCHEMA, "plan", plan, "parts", digests)));
    }

    /** The plan's digest. */
    public Digest digest() {
        return Digest.of(document().getBytes(StandardCharsets.UTF_8));
    }

    /** The parts of a kept document; empty if it is none. */
    public static Optional<PlanParts> read(String document) {
        try {
            JsonNode root = new JsonMapper().readTree(document);
            if (!root.path("schema").asText().equals(SCHEMA)) {
                return Optional.empty();
            }
            var parts = new TreeMap<String, Digest>();
            root.path("parts")
                    .properties()
                    .forEach(part ->
                            parts.put(part.getKey(), new Digest(part.getValue().asText())));
            return Optional.of(new PlanParts(root.path("plan").asText(), parts));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The names of those that are not what they were, that are new or that are gone. */
    public List<String> changedSince(PlanParts before) {
        List<String> changed = new ArrayList<>();
        parts.forEach((name, digest) -> {
            if (!digest.equals(before.parts.get(name))) {
                changed.add(name);
            }
        });
        before.parts.keySet().stream().filter(name -> !parts.containsKey(name)).forEach(changed::add);
        return changed;
    }
}
